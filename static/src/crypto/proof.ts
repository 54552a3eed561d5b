/**
 * One proof as documents have it: a challenge and a response, both mod q.
 *
 * Follows SPEC.md §3; mirrors `crypto/proof.py`.
 */

import { requireFields } from "./encoding.ts";
import { decodeScalar, encodeScalar } from "./group.ts";
import type { Json } from "./json.ts";

/** A non-interactive proof in compact form: response = w - secret · challenge. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

export interface ProofJson {
  readonly challenge: string;
  readonly response: string;
}

const FIELDS = ["challenge", "response"];

/** Write a proof as the object that documents hold. */
export function encodeProof(proof: Proof): ProofJson {
  return { challenge: encodeScalar(proof.challenge), response: encodeScalar(proof.response) };
}

/**
 * Read the object `{"challenge", "response"}`.
 *
 * @throws MalformedError: a field is missing or unknown, or a number is not in canonical spelling below q.
 */
export function decodeProof(value: Json | undefined, what = "proof"): Proof {
  const fields = requireFields(value, FIELDS, what);
  return {
    challenge: decodeScalar(fields["challenge"], `${what}, challenge`),
    response: decodeScalar(fields["response"], `${what}, response`),
  };
}
