/**
 * One trustee's public key, with the proof that somebody holds its secret.
 *
 * Follows SPEC.md §6; mirrors `crypto/trustee_key.py`. Not here: making one.
 */

import { requireFields, requireText } from "./encoding.ts";
import { VerificationError } from "./errors.ts";
import { decodePoint, encodePoint, IDENTITY, NAME, type Point, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { verifyKnowledge } from "./knowledge.ts";
import { decodeProof, type Proof } from "./proof.ts";

export interface TrusteeKey {
  /** X = g^x. */
  readonly publicKey: Point;
  readonly pok: Proof;
  /** Of X, in a threshold group. */
  readonly signature: Proof | null;
  readonly name: string | null;
}

/** Raise `VerificationError` unless the key is one and its holder knows the secret. */
export function verifyTrusteeKey(key: TrusteeKey): void {
  if (samePoint(key.publicKey, IDENTITY)) {
    throw new VerificationError("the key is the identity, which hides nothing");
  }
  verifyKnowledge(`pok|${NAME}|${encodePoint(key.publicKey)}|`, key.publicKey, key.pok);
}

/** Read a key; whether its proofs hold is for `verifyTrusteeKey`. */
export function decodeTrusteeKey(value: Json | undefined, what: string): TrusteeKey {
  const fields = requireFields(value, ["pok", "public_key"], what, ["signature", "name"]);
  return {
    signature: "signature" in fields ? decodeProof(fields["signature"], `${what}, signature`) : null,
    name: "name" in fields ? requireText(fields["name"], `${what}, name`) : null,
    publicKey: decodePoint(fields["public_key"], `${what}, public key`),
    pok: decodeProof(fields["pok"], `${what}, proof of knowledge`),
  };
}
