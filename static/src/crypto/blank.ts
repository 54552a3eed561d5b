/**
 * Proofs for a question with a blank vote: blank excludes every answer, and excuses from choosing any.
 *
 * * First proof: the blank choice holds 0, or the sum of the answers holds 0.
 * * Second proof: the blank choice holds 1, or the sum of the answers is from min to max.
 *
 * Follows SPEC.md §3; mirrors `crypto/blank.py`.
 */

import { proveDisjunction, verifyDisjunction } from "./disjunction.ts";
import type { Ciphertext } from "./elgamal.ts";
import type { Point } from "./group.ts";
import { type Bounds, branchesOf, type Opening } from "./membership.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

const ZERO: Bounds = { first: 0, last: 0 };
const ONE: Bounds = { first: 1, last: 1 };

/** Prove that `blank` is 0, or the sum of the answers, `total`, is 0; RangeError if neither is. */
export function proveNoAnswer(
  prefix: string,
  publicKey: Point,
  blank: Opening,
  total: Opening,
  rng: Randomness,
): readonly Proof[] {
  return proveDisjunction(prefix, publicKey, [...branchesOf(blank, ZERO), ...branchesOf(total, ZERO)], rng);
}

/** Raise VerificationError unless `proofs` show that `blank` holds 0, or `total` holds 0. */
export function verifyNoAnswer(
  prefix: string,
  publicKey: Point,
  blank: Ciphertext,
  total: Ciphertext,
  proofs: readonly Proof[],
): void {
  verifyDisjunction(prefix, publicKey, [{ ciphertext: blank, ...ZERO }, { ciphertext: total, ...ZERO }], proofs);
}

/** Prove that `blank` is 1, or the sum of the answers, `total`, is within `bounds`; RangeError if neither is. */
export function proveEnough(
  prefix: string,
  publicKey: Point,
  blank: Opening,
  total: Opening,
  bounds: Bounds,
  rng: Randomness,
): readonly Proof[] {
  return proveDisjunction(prefix, publicKey, [...branchesOf(blank, ONE), ...branchesOf(total, bounds)], rng);
}

/** Raise VerificationError unless `proofs` show that `blank` holds 1, or `total` holds a number within `bounds`. */
export function verifyEnough(
  prefix: string,
  publicKey: Point,
  blank: Ciphertext,
  total: Ciphertext,
  bounds: Bounds,
  proofs: readonly Proof[],
): void {
  verifyDisjunction(prefix, publicKey, [{ ciphertext: blank, ...ONE }, { ciphertext: total, ...bounds }], proofs);
}
