/**
 * The owner's agreement to vote electronically, signed with the voting key and kept as evidence beside the archive.
 *
 * Follows SPEC.md §15; mirrors `crypto/agreement.py`. Not here: the text, who keeps it, when it is asked for.
 */

import { compactJson, hexDigest, readJson, requireDigest, requireFields } from "./encoding.ts";
import { requireFingerprint, requireText, requireWhole, sameBytes, toUtf8 } from "./encoding.ts";
import { requireUuid } from "./election.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { decodePoint, IDENTITY, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { proveKnowledge, verifyKnowledge } from "./knowledge.ts";
import { decodeProof, encodeProof, type Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

export const DOMAIN = "shanzhi agreement 1";
export const VERSION = 1;

/** What an owner agrees to. */
export interface Agreement {
  /** The uuid. */
  readonly election: string;
  /** φ, the election's fingerprint, 43 characters. */
  readonly fingerprint: string;
  /** The public credential, 64 hex digits. */
  readonly credential: string;
  /** SHA-256 of the text in UTF-8, 64 hex digits. */
  readonly textSha256: string;
}

/** A body with its signature. */
export interface SignedAgreement {
  readonly body: Uint8Array;
  readonly proof: Proof;
}

const WHAT = "the agreement";
const SIGNED = "the signed agreement";
const FIELDS = ["credential", "election", "fingerprint", "text_sha256", "version"];
const SIGNED_FIELDS = ["body", "proof", "version"];
const DECODER = new TextDecoder();

/** Write the body that is signed. */
export function encodeAgreement(agreement: Agreement): Uint8Array {
  return compactJson({
    credential: agreement.credential,
    election: agreement.election,
    fingerprint: agreement.fingerprint,
    text_sha256: agreement.textSha256,
    version: VERSION,
  });
}

/**
 * Read the body of an agreement; whether it was signed is for `verifyAgreement`.
 *
 * @throws MalformedError: not one, not in its one spelling, or the credential is the identity.
 * @throws VerificationError: the credential is outside the group.
 */
export function decodeAgreement(body: Uint8Array): Agreement {
  const fields = requireFields(readJson(body, WHAT), FIELDS, WHAT);
  requireVersion(fields["version"], WHAT);
  const credential = requireText(fields["credential"], `${WHAT}, credential`);
  if (samePoint(decodePoint(credential, `${WHAT}, credential`), IDENTITY)) {
    throw new MalformedError(`${WHAT}, credential: the identity is nobody's key`);
  }
  const agreement = {
    election: requireUuid(fields["election"]),
    fingerprint: requireFingerprint(fields["fingerprint"], `${WHAT}, fingerprint`),
    credential,
    textSha256: requireDigest(fields["text_sha256"], `${WHAT}, text_sha256`),
  };
  requireSpelling(encodeAgreement(agreement), body, WHAT);
  return agreement;
}

/**
 * Sign an agreement with the whole voting key.
 *
 * @throws VerificationError: the credential in the agreement does not belong to `secret`.
 */
export function signAgreement(secret: bigint, agreement: Agreement, rng: Randomness): Proof {
  const prefix = prefixOf(agreement, encodeAgreement(agreement));
  return proveKnowledge(prefix, secret, decodePoint(agreement.credential), rng);
}

/**
 * Raise unless `proof` is the signature of `body` by the credential that it names.
 *
 * @throws MalformedError: the body is no agreement.
 * @throws VerificationError: it was not signed so.
 */
export function verifyAgreement(body: Uint8Array, proof: Proof): void {
  const agreement = decodeAgreement(body);
  try {
    verifyKnowledge(prefixOf(agreement, body), decodePoint(agreement.credential), proof);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    throw new VerificationError(`${WHAT}: it was not signed with the credential that it names`);
  }
}

/** Write body and signature as one document. */
export function encodeSignedAgreement(body: Uint8Array, proof: Proof): Uint8Array {
  decodeAgreement(body);
  return compactJson({ body: DECODER.decode(body), proof: encodeProof(proof), version: VERSION });
}

/**
 * Read body and signature; whether the signature holds is for `verifyAgreement`.
 *
 * @throws MalformedError: not such a document, or not in its one spelling.
 */
export function decodeSignedAgreement(data: Uint8Array): SignedAgreement {
  const fields = requireFields(readJson(data, SIGNED), SIGNED_FIELDS, SIGNED);
  requireVersion(fields["version"], SIGNED);
  const body = toUtf8(requireText(fields["body"], `${SIGNED}, body`));
  const signed = { body, proof: decodeProof(fields["proof"], `${SIGNED}, proof`) };
  requireSpelling(encodeSignedAgreement(signed.body, signed.proof), data, SIGNED);
  return signed;
}

function prefixOf(agreement: Agreement, body: Uint8Array): string {
  return `${DOMAIN}|${agreement.fingerprint}|${agreement.credential}|${hexDigest(body)}|`;
}

function requireVersion(value: Json | undefined, what: string): void {
  if (requireWhole(value, `${what}, version`) !== VERSION) {
    throw new MalformedError(`${what}: only version ${VERSION} is known`);
  }
}

function requireSpelling(canonical: Uint8Array, data: Uint8Array, what: string): void {
  if (!sameBytes(canonical, data)) {
    throw new MalformedError(`${what}: not in canonical spelling: spaces, order of fields or escapes differ`);
  }
}
