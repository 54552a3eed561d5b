/**
 * Who must take part so that a total can be decrypted: the document trustees.json, checked only.
 *
 * Follows SPEC.md §6; mirrors `crypto/trustees.py`.
 */

import { readJson, requireList } from "./encoding.ts";
import { about, MalformedError, VerificationError } from "./errors.ts";
import { add, IDENTITY, type Point, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { decodePedersen, type Pedersen, pedersenKey, verifyPedersen } from "./pedersen.ts";
import { decodeTrusteeKey, type TrusteeKey, verifyTrusteeKey } from "./trustee-key.ts";

/** One trustee who is always needed, or a threshold group. */
export type Group = { readonly single: TrusteeKey } | { readonly pedersen: Pedersen };

export const MAX_GROUPS = 64;

/** A group, the numbers of its owners, and how many of them are needed. */
export interface Owners {
  readonly owners: readonly number[];
  readonly needed: number;
}

/** Every trustee's key; owner number n stands at n - 1. */
export function keysOf(groups: readonly Group[]): TrusteeKey[] {
  return groups.flatMap((group) => ("single" in group ? [group.single] : group.pedersen.keys));
}

/** The owners of each group in order. */
export function ownersOf(groups: readonly Group[]): Owners[] {
  let first = 1;
  return groups.map((group) => {
    const size = "single" in group ? 1 : group.pedersen.keys.length;
    const owners = Array.from({ length: size }, (_, index) => first + index);
    first += size;
    return { owners, needed: "single" in group ? 1 : group.pedersen.threshold };
  });
}

/** The key under which ballots are encrypted. */
export function publicKeyOf(groups: readonly Group[]): Point {
  return groups.reduce(
    (product, group) => add(product, "single" in group ? group.single.publicKey : pedersenKey(group.pedersen)),
    IDENTITY,
  );
}

/** Return the key of trustee number `owner`; `MalformedError` if there is none. */
export function keyOf(groups: readonly Group[], owner: number): TrusteeKey {
  const keys = keysOf(groups);
  const key = keys[owner - 1];
  if (!key) throw new MalformedError(`there is no trustee ${owner}, only 1 to ${keys.length}`);
  return key;
}

/** Return number and name of a trustee, as refusals say it. */
export function labelOf(groups: readonly Group[], owner: number): string {
  const { name } = keyOf(groups, owner);
  return name === null ? `trustee ${owner}` : `trustee ${owner} (${name})`;
}

/** Raise `VerificationError` unless every key is proved and every threshold group's record holds. */
export function verifyTrustees(groups: readonly Group[]): void {
  groups.forEach((group, index) => {
    const what = `group ${index + 1} of the trustees`;
    if ("single" in group) about(what, () => verifyTrusteeKey(group.single));
    else verifyPedersen(group.pedersen, what);
  });
  if (samePoint(publicKeyOf(groups), IDENTITY)) {
    throw new VerificationError("the trustees' keys cancel each other: their product is the identity");
  }
}

/** Read trustees.json; whether its proofs hold is for `verifyTrustees`. */
export function decodeTrustees(data: Uint8Array): Group[] {
  const groups = requireList(readJson(data, "the trustees"), "the trustees");
  if (groups.length === 0 || groups.length > MAX_GROUPS) {
    throw new MalformedError(`the trustees: from 1 to ${MAX_GROUPS} groups are expected, there are ${groups.length}`);
  }
  return groups.map((group, index) => decodeGroup(group, `group ${index + 1} of the trustees`));
}

function decodeGroup(value: Json, what: string): Group {
  const [kind, content] = requireList(value, what, 2);
  if (kind === "Pedersen") return { pedersen: decodePedersen(content, what) };
  if (kind === "Single") return { single: decodeTrusteeKey(content, what) };
  throw new MalformedError(`${what}: its kind is neither Single nor Pedersen`);
}
