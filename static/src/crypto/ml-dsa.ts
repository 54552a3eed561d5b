/** Verifies ML-DSA-44 (FIPS 204, empty context); mirrors `crypto/ml_dsa.py`. Not here: signing. */

import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { VerificationError } from "./errors.ts";

export const ML_DSA_PUBLIC_BYTES = 1312;
export const ML_DSA_SIGNATURE_BYTES = 2420;

/**
 * Raise unless `signature` is one of `message` by the key `publicKey`, which has 1312 bytes.
 *
 * @throws VerificationError: it is not.
 */
export function verifyMlDsa(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  // The library throws at another length.
  if (signature.length !== ML_DSA_SIGNATURE_BYTES || !ml_dsa44.verify(signature, message, publicKey)) {
    throw new VerificationError("ML-DSA-44: the signature is not by this key for this message");
  }
}
