/**
 * Proofs that a ciphertext holds a number within bounds: 0 or 1 for one choice, min to max for a sum of choices.
 *
 * Branch m of the disjunction is the ciphertext divided by g^m. Follows SPEC.md §3; mirrors `crypto/membership.py`.
 */

import { type Branch, proveDisjunction, verifyDisjunction } from "./disjunction.ts";
import type { Ciphertext } from "./elgamal.ts";
import type { Point } from "./group.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/** What the maker of a ciphertext knows of it, and forgets when the ballot is sealed. */
export interface Opening {
  readonly message: number;
  readonly nonce: bigint;
}

/** Whole numbers from `first` to `last`, both included. */
export interface Bounds {
  readonly first: number;
  readonly last: number;
}

/**
 * Prove that the message of `opening` is within `bounds`.
 *
 * @throws RangeError: it is not.
 */
export function proveMembership(
  prefix: string,
  publicKey: Point,
  opening: Opening,
  bounds: Bounds,
  rng: Randomness,
): readonly Proof[] {
  return proveDisjunction(prefix, publicKey, branchesOf(opening, bounds), rng);
}

/**
 * Raise unless `proofs` show that `ciphertext` holds a number within `bounds`.
 *
 * @throws VerificationError: they do not.
 */
export function verifyMembership(
  prefix: string,
  publicKey: Point,
  ciphertext: Ciphertext,
  bounds: Bounds,
  proofs: readonly Proof[],
): void {
  verifyDisjunction(prefix, publicKey, [{ ciphertext, ...bounds }], proofs);
}

/** Return the prover's side of the branches of a ciphertext within `bounds`. */
export function branchesOf(opening: Opening, { first, last }: Bounds): Branch[] {
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return numbers.map((number) => ({ nonce: opening.nonce, offset: opening.message - number }));
}
