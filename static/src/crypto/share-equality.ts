/**
 * Proofs that two powers have one exponent: log_g(known) = log_base(power).
 *
 * Follows SPEC.md §3; mirrors `crypto/equality.py`. Not here: checking them (`equality.ts`).
 */

import { hashToScalar, multiply, multiplyBase, type Point, randomScalar, reduce } from "./group.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/** Prove that g^secret and base^secret have the same exponent. */
export function proveEquality(prefix: string, secret: bigint, base: Point, rng: Randomness): Proof {
  const nonce = randomScalar(rng);
  const challenge = hashToScalar(prefix, [multiplyBase(nonce), multiply(base, nonce)]);
  return { challenge, response: reduce(nonce - secret * challenge) };
}
