/**
 * Proofs that at least one of several ciphertexts holds zero, without showing which (disjunctive Chaum-Pedersen).
 *
 * Whoever proves knows every nonce, so α^c is g^(nonce·c): all powers are of g and of y, for which there are tables.
 * Proving runs the same operations on every branch, true or simulated; see SPEC.md §9 for what that does not hide.
 * Follows SPEC.md §3; mirrors `crypto/disjunction.py`.
 */

import { type Ciphertext, encrypt } from "./elgamal.ts";
import { VerificationError } from "./errors.ts";
import { add, BASE, hashToScalar, multiplyPublic, type Point, powersOf, randomScalar, reduce, subtract } from "./group.ts";
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

/** A ciphertext divided by g^m for each m from `first` to `last`: so many branches. */
export interface Run {
  readonly ciphertext: Ciphertext;
  readonly first: number;
  readonly last: number;
}

/**
 * Raise unless `proofs`, one for each branch of `runs`, show that one of these holds zero.
 *
 * Every α and β is shown to be in the group. (β/g^m)^c is computed as β^c / g^(m·c), so that powers share their doublings.
 *
 * @throws VerificationError: they do not, or a point is outside the group.
 */
export function verifyDisjunction(
  prefix: string,
  publicKey: Point,
  runs: readonly Run[],
  proofs: readonly Proof[],
): void {
  const branches = runs.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  if (proofs.length !== branches) {
    throw new VerificationError(`${branches} proofs are expected, there are ${proofs.length}`);
  }
  let at = 0;
  const commitments = runs.flatMap(({ ciphertext, first, last }) => {
    const own = proofs.slice(at, (at += last - first + 1));
    const challenges = own.map(({ challenge }) => challenge);
    const alphas = powersOf(ciphertext.alpha, challenges);
    const betas = powersOf(ciphertext.beta, challenges);
    return own.flatMap(({ challenge, response }, index) => {
      const divided = subtract(betas[index]!, multiplyPublic(BASE, BigInt(first + index) * challenge));
      return [
        add(multiplyPublic(BASE, response), alphas[index]!),
        add(multiplyPublic(publicKey, response), divided),
      ];
    });
  });
  const total = proofs.reduce((sum, { challenge }) => sum + challenge, 0n);
  if (hashToScalar(prefix, commitments) !== reduce(total)) throw new VerificationError("the proof does not hold");
}
