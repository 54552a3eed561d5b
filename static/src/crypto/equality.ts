/**
 * Proofs that two powers have one exponent (Chaum and Pedersen), checked only.
 *
 * Follows SPEC.md §3; mirrors `crypto/equality.py`.
 */

import { VerificationError } from "./errors.ts";
import { BASE, hashToScalar, multiplySum, type Point } from "./group.ts";
import type { Proof } from "./proof.ts";

/**
 * Raise unless `power` is `base` raised to the secret of `known`.
 *
 * @throws VerificationError: it is not.
 */
export function verifyEquality(prefix: string, known: Point, base: Point, power: Point, proof: Proof): void {
  const commitments = [
    multiplySum(BASE, proof.response, known, proof.challenge),
    multiplySum(base, proof.response, power, proof.challenge),
  ];
  if (hashToScalar(prefix, commitments) !== proof.challenge) {
    throw new VerificationError("the proof that both powers have one exponent does not hold");
  }
}
