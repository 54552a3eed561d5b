/**
 * Proofs that at least one of several ciphertexts holds zero, without showing which (disjunctive Chaum-Pedersen).
 *
 * Whoever proves knows every nonce, so α^c is g^(nonce·c): all powers are of g and of y, for which there are tables.
 * Proving runs the same operations on every branch, true or simulated; see SPEC.md §9 for what that does not hide.
 * Follows SPEC.md §3; mirrors `crypto/disjunction.py`.
 */

import { type Ciphertext, encrypt } from "./elgamal.ts";
import { VerificationError } from "./errors.ts";
import { BASE, hashToScalar, multiplySum, type Point, randomScalar, reduce } from "./group.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/** What the prover knows of one ciphertext. */
export interface Branch {
  /** α = g^nonce. */
  readonly nonce: bigint;
  /** β = y^nonce · g^offset; the branch is true where it is zero. */
  readonly offset: number;
}

/**
 * Prove that one of `branches` at least has offset zero.
 *
 * @throws RangeError: no branch is true.
 */
export function proveDisjunction(
  prefix: string,
  publicKey: Point,
  branches: readonly Branch[],
  rng: Randomness,
): readonly Proof[] {
  const truth = branches.findIndex((branch) => branch.offset === 0);
  if (truth < 0) throw new RangeError("no branch is true");
  const challenges = branches.map(() => randomScalar(rng));
  const drawn = branches.map((branch, index) => ({ branch, mask: randomScalar(rng), challenge: challenges[index]! }));
  const commitments = drawn.flatMap(({ branch, mask, challenge }) => {
    const { alpha, beta } = encrypt(publicKey, BigInt(branch.offset) * challenge, mask);
    return [alpha, beta];
  });
  const total = hashToScalar(prefix, commitments);
  const others = challenges.reduce((sum, challenge) => sum + challenge, 0n) - challenges[truth]!;
  return drawn.map(({ branch, mask, challenge }, index) => {
    const final = index === truth ? reduce(total - others) : challenge;
    return { challenge: final, response: reduce(mask - branch.nonce * final) };
  });
}

/**
 * Raise unless `proofs`, one for each of `ciphertexts`, show that one of these holds zero.
 *
 * @throws VerificationError: they do not.
 */
export function verifyDisjunction(
  prefix: string,
  publicKey: Point,
  ciphertexts: readonly Ciphertext[],
  proofs: readonly Proof[],
): void {
  if (proofs.length !== ciphertexts.length) {
    throw new VerificationError(`${ciphertexts.length} proofs are expected, there are ${proofs.length}`);
  }
  let total = 0n;
  const commitments = ciphertexts.flatMap(({ alpha, beta }, index) => {
    const { challenge, response } = proofs[index]!;
    total += challenge;
    return [multiplySum(BASE, response, alpha, challenge), multiplySum(publicKey, response, beta, challenge)];
  });
  if (hashToScalar(prefix, commitments) !== reduce(total)) throw new VerificationError("the proof does not hold");
}
