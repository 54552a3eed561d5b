/**
 * Proofs that somebody knows the secret of a public key (Schnorr), and signatures made of them.
 *
 * The prefix says what is signed; every caller builds the whole prefix. Follows SPEC.md §3; mirrors `crypto/knowledge.py`.
 */

import { VerificationError } from "./errors.ts";
import { BASE, hashToScalar, multiplyBase, multiplySum, type Point, randomScalar, reduce, samePoint } from "./group.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/**
 * Prove knowledge of `secret`, where `known` is g^secret, for the statement that `prefix` names.
 *
 * @throws VerificationError: `known` does not belong to `secret`.
 */
export function proveKnowledge(prefix: string, secret: bigint, known: Point, rng: Randomness): Proof {
  if (!samePoint(multiplyBase(secret), known)) {
    throw new VerificationError("the public key does not belong to the secret");
  }
  const nonce = randomScalar(rng);
  const challenge = hashToScalar(prefix, [multiplyBase(nonce)]);
  return { challenge, response: reduce(nonce - secret * challenge) };
}

/**
 * Raise unless `proof` shows knowledge of the secret of `known` for the statement that `prefix` names.
 *
 * @throws VerificationError: it does not.
 */
export function verifyKnowledge(prefix: string, known: Point, proof: Proof): void {
  const commitment = multiplySum(BASE, proof.response, known, proof.challenge);
  if (hashToScalar(prefix, [commitment]) !== proof.challenge) {
    throw new VerificationError("the proof of knowledge of the secret key does not hold");
  }
}

/** Sign a message between trustees with the secret of a verification key. */
export function signMessage(secret: bigint, message: string, rng: Randomness): Proof {
  return proveKnowledge(messagePrefix(message), secret, multiplyBase(secret), rng);
}

/**
 * Raise unless `proof` is the signature of `message` by the holder of `known`.
 *
 * @throws VerificationError: it is not.
 */
export function verifyMessage(known: Point, message: string, proof: Proof): void {
  verifyKnowledge(messagePrefix(message), known, proof);
}

function messagePrefix(message: string): string {
  return `sigmsg|${message}|`;
}
