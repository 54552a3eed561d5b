/**
 * Exponential ElGamal: a small number under a public key, so that numbers can be added without being opened.
 *
 * α = g^nonce, β = y^nonce · g^message, where y is the public key. Follows SPEC.md §3; mirrors `crypto/elgamal.py`.
 */

import { requireFields } from "./encoding.ts";
import { add, BASE, decodePoint, encodePoint, multiply, multiplyBase } from "./group.ts";
import { type Point, type PointReader, subtract } from "./group.ts";
import type { Json } from "./json.ts";

export interface Ciphertext {
  /** α = g^nonce. */
  readonly alpha: Point;
  /** β = y^nonce · g^message. */
  readonly beta: Point;
}

export interface CiphertextJson {
  readonly alpha: string;
  readonly beta: string;
}

const FIELDS = ["alpha", "beta"];

/** Encrypt `message`, any number mod q, under `publicKey` with `nonce`. */
export function encrypt(publicKey: Point, message: bigint, nonce: bigint): Ciphertext {
  // For the message 0 `multiplyBase` would take a shorter way, which a clock can tell; for one more it does not.
  const masked = add(multiply(publicKey, nonce), multiplyBase(message + 1n));
  return { alpha: multiplyBase(nonce), beta: subtract(masked, BASE) };
}

/** Return the ciphertext of the sum of both messages. */
export function multiplyCiphertexts(left: Ciphertext, right: Ciphertext): Ciphertext {
  return { alpha: add(left.alpha, right.alpha), beta: add(left.beta, right.beta) };
}

/** Write a ciphertext as the object that documents hold. */
export function encodeCiphertext(ciphertext: Ciphertext): CiphertextJson {
  return { alpha: encodePoint(ciphertext.alpha), beta: encodePoint(ciphertext.beta) };
}

/**
 * Read the object `{"alpha", "beta"}`; both parts are elements of the group, unless `read` leaves that to others.
 *
 * @throws MalformedError: a field is missing or unknown, or a point is not in canonical spelling.
 * @throws VerificationError: a point is outside the group.
 */
export function decodeCiphertext(
  value: Json | undefined,
  what = "ciphertext",
  read: PointReader = decodePoint,
): Ciphertext {
  const fields = requireFields(value, FIELDS, what);
  return {
    alpha: read(fields["alpha"], `${what}, alpha`),
    beta: read(fields["beta"], `${what}, beta`),
  };
}
