/**
 * Speaks for a list of leaves with one hash: that a leaf is in it, that a list only grew.
 *
 * Numbers are halved by division, as the shifts of this language cut at 32 bits. Follows SPEC.md §11; mirrors
 * `crypto/merkle.py`. Not here: making proofs from leaves.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { sameBytes } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";

export const HASH_BYTES = 32;
/** The root of the tree without leaves. */
export const EMPTY_ROOT = sha256(new Uint8Array());

const half = (number: number): number => Math.floor(number / 2);
const odd = (number: number): boolean => number % 2 === 1;

/** Return the hash of a leaf: SHA-256(0x00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const data = new Uint8Array(1 + leaf.length);
  data.set(leaf, 1);
  return sha256(data);
}

/** Return the hash of a node: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const data = new Uint8Array(1 + left.length + right.length);
  data[0] = 1;
  data.set(left, 1);
  data.set(right, 1 + left.length);
  return sha256(data);
}

/** Return the root of the tree whose leaves have these hashes. */
export function rootOfHashes(hashes: readonly Uint8Array[]): Uint8Array {
  let level = hashes;
  while (level.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const right = level[at + 1];
      above.push(right ? nodeHash(level[at]!, right) : level[at]!);
    }
    level = above;
  }
  return level[0] ?? EMPTY_ROOT;
}

/**
 * Raise unless `proof` leads from `leaf` at `index` to the root of a tree of `size` (RFC 9162 §2.1.3.2).
 *
 * @throws MalformedError: an entry of the proof is not 32 bytes.
 * @throws VerificationError: the leaf is not there.
 */
export function verifyInclusion(
  leaf: Uint8Array, index: number, size: number, proof: readonly Uint8Array[], root: Uint8Array,
): void {
  requireHashes(proof);
  if (!(index >= 0 && index < size)) {
    throw new VerificationError(`inclusion proof: leaf ${index} is beyond the ${size} leaves of the tree`);
  }
  let [place, last, result] = [index, size - 1, leafHash(leaf)];
  for (const sibling of proof) {
    if (last === 0) throw new VerificationError("inclusion proof: longer than the tree is high");
    if (odd(place) || place === last) {
      result = nodeHash(sibling, result);
      [place, last] = skipPromotions(place, last);
    } else {
      result = nodeHash(result, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0 || !sameBytes(result, root)) {
    throw new VerificationError(`inclusion proof: leaf ${index} is not what the root of ${size} leaves speaks for`);
  }
}

/**
 * Raise unless the tree of `oldSize` leaves is the beginning of that of `newSize` (RFC 9162 §2.1.4.2).
 *
 * @throws MalformedError: an entry of the proof is not 32 bytes.
 * @throws VerificationError: the tree changed or shrank, or the proof does not show otherwise.
 */
export function verifyConsistency(
  oldSize: number, oldRoot: Uint8Array, newSize: number, newRoot: Uint8Array, proof: readonly Uint8Array[],
): void {
  requireHashes(proof);
  if (!(oldSize >= 0 && oldSize <= newSize)) {
    throw new VerificationError(`consistency proof: ${newSize} leaves do not continue ${oldSize}`);
  }
  if (oldSize === 0 || oldSize === newSize) {
    if (proof.length > 0 || !sameBytes(oldRoot, oldSize === 0 ? EMPTY_ROOT : newRoot)) {
      throw new VerificationError(`consistency proof: the root of ${oldSize} leaves is another, or the proof is not empty`);
    }
    return;
  }
  let [place, last] = [oldSize - 1, newSize - 1];
  while (odd(place)) [place, last] = [half(place), half(last)];
  // All of the old tree is one whole subtree: the reader has its hash, the old root.
  const [first, ...rest] = place === 0 ? [oldRoot, ...proof] : proof;
  let [older, newer] = [first ?? new Uint8Array(), first ?? new Uint8Array()];
  for (const sibling of rest) {
    if (last === 0) throw new VerificationError("consistency proof: longer than the tree is high");
    if (odd(place) || place === last) {
      [older, newer] = [nodeHash(sibling, older), nodeHash(sibling, newer)];
      [place, last] = skipPromotions(place, last);
    } else {
      newer = nodeHash(newer, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  if (last !== 0 || !sameBytes(older, oldRoot) || !sameBytes(newer, newRoot)) {
    throw new VerificationError(`consistency proof: the first ${oldSize} of ${newSize} leaves are not what they were`);
  }
}

/** Go up past the levels on which the last node has no sibling. */
function skipPromotions(place: number, last: number): [number, number] {
  while (place !== 0 && !odd(place)) [place, last] = [half(place), half(last)];
  return [place, last];
}

function requireHashes(proof: readonly Uint8Array[]): void {
  if (proof.some((each) => each.length !== HASH_BYTES)) throw new MalformedError("Merkle proof: every entry has 32 bytes");
}
