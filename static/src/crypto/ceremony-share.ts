/**
 * Seals a share of a key so that one other trustee can open it.
 *
 * Follows SPEC.md §6.2; mirrors `crypto/sealed_share.py`.
 */

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { requireFields, requireText } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import {
  decodePoint, encodePoint, IDENTITY, multiply, multiplyBase, ORDER, type Point, randomScalar, samePoint,
} from "./group.ts";
import type { Json } from "./json.ts";
import type { Randomness } from "./randomness.ts";

export interface SealedShare {
  /** g^e. */
  readonly ephemeral: Point;
  readonly sealed: Uint8Array;
}

export interface SealedShareJson {
  readonly ephemeral: string;
  readonly sealed: string;
}

const NONCE = new Uint8Array(12);
const SHARE_BYTES = 32;
const SEALED = new RegExp(`^[0-9a-f]{${2 * (SHARE_BYTES + 16)}}$`);

/** Seal `share` (mod q) for the holder of `recipient`, under a context that both know. */
export function sealShare(share: bigint, recipient: Point, context: Uint8Array, rng: Randomness): SealedShare {
  const secret = randomScalar(rng);
  const ephemeral = multiplyBase(secret);
  const cipher = cipherOf(ephemeral, recipient, multiply(recipient, secret), context);
  const bytes = hexToBytes(share.toString(16).padStart(2 * SHARE_BYTES, "0")).reverse();
  return { ephemeral, sealed: cipher.encrypt(bytes) };
}

/**
 * Open a share with the recipient's secret.
 *
 * @throws VerificationError: it was sealed for somebody else or in another context, was changed, or holds no number mod q.
 */
export function openShare(share: SealedShare, secret: bigint, context: Uint8Array): bigint {
  const cipher = cipherOf(share.ephemeral, multiplyBase(secret), multiply(share.ephemeral, secret), context);
  let bytes: Uint8Array;
  try {
    bytes = cipher.decrypt(share.sealed);
  } catch {
    throw new VerificationError("the sealed share cannot be opened");
  }
  const number = BigInt(`0x${bytesToHex(bytes.reverse())}`);
  if (number >= ORDER) {
    throw new VerificationError("the sealed share holds a number that is not below the order of the group");
  }
  return number;
}

/** Write a sealed share as JSON has it. */
export function encodeSealedShare(share: SealedShare): SealedShareJson {
  return { ephemeral: encodePoint(share.ephemeral), sealed: bytesToHex(share.sealed) };
}

/**
 * Read a sealed share.
 *
 * @throws MalformedError: not one.
 * @throws VerificationError: the ephemeral key is not in the group, or is the identity.
 */
export function decodeSealedShare(value: Json | undefined, what: string): SealedShare {
  const fields = requireFields(value, ["ephemeral", "sealed"], what);
  const ephemeral = decodePoint(fields["ephemeral"], `${what}, ephemeral key`);
  if (samePoint(ephemeral, IDENTITY)) {
    throw new VerificationError(`${what}: the ephemeral key is the identity, which hides nothing`);
  }
  const text = requireText(fields["sealed"], `${what}, sealed`);
  if (!SEALED.test(text)) {
    throw new MalformedError(`${what}: ${2 * (SHARE_BYTES + 16)} lowercase hex digits are expected`);
  }
  return { ephemeral, sealed: hexToBytes(text) };
}

function cipherOf(ephemeral: Point, recipient: Point, shared: Point, context: Uint8Array) {
  const material = Uint8Array.of(...ephemeral.toBytes(), ...recipient.toBytes(), ...shared.toBytes());
  return chacha20poly1305(hkdf(sha256, material, undefined, context, 32), NONCE, context);
}
