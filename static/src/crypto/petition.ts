/**
 * An owner's word on a petition: signed, taken back or ended with the voting key, over the digest of the petition's text.
 *
 * Follows SPEC.md §15.1; mirrors `crypto/petition.py`. Not here: who counts, when it is too late.
 */

import { compactJson, hexDigest, readJson, requireFields, requireText, toUtf8 } from "./encoding.ts";
import { VerificationError } from "./errors.ts";
import { decodePoint } from "./group.ts";
import { proveKnowledge, verifyKnowledge } from "./knowledge.ts";
import { decodeProof, encodeProof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

export const DOMAIN = "shanzhi petition 1";
export const VERSION = 1;

/** I sign, I no longer sign, I who began it end it. */
export type Act = "sign" | "take-back" | "end";

/** What is asked, as owners sign it. */
export interface Asked {
  readonly petition: string;
  readonly estate: string;
  readonly kind: string;
  readonly text: string;
  /** Who is to be recalled, or nothing. */
  readonly member: string;
}

/** Whose word it is, and on what. */
export interface PetitionWord {
  readonly election: string;
  readonly fingerprint: string;
  /** The public credential, 64 hex digits. */
  readonly credential: string;
  readonly petition: string;
  /** SHA-256 of the petition in its one spelling, 64 hex digits. */
  readonly textSha256: string;
  readonly act: Act;
}

const WHAT = "the word on a petition";
const SIGNED = "the signed word on a petition";
const DECODER = new TextDecoder();

/** Return what owners sign of a petition: SHA-256 of its one spelling. */
export function petitionDigest({ estate, kind, member, petition, text }: Asked): string {
  return hexDigest(compactJson({ estate, kind, member, petition, text, version: VERSION }));
}

/** Write the body that is signed. */
export function encodeWord(word: PetitionWord): Uint8Array {
  const { act, credential, election, fingerprint, petition, textSha256 } = word;
  return compactJson({ act, credential, election, fingerprint, petition, text_sha256: textSha256, version: VERSION });
}

/**
 * Sign a word with the whole voting key, and write body and signature as one document.
 *
 * @throws VerificationError: the credential in the word does not belong to `secret`.
 */
export function signWord(secret: bigint, word: PetitionWord, rng: Randomness): string {
  const body = encodeWord(word);
  const proof = proveKnowledge(prefixOf(word, body), secret, decodePoint(word.credential), rng);
  return DECODER.decode(compactJson({ body: DECODER.decode(body), proof: encodeProof(proof), version: VERSION }));
}

/**
 * Raise unless a document is the signed word that says so.
 *
 * @returns the public credential that signed it.
 * @throws MalformedError: it is none.
 * @throws VerificationError: it says something else, or was not signed so.
 */
export function verifySignedWord(document: string, expected: Omit<PetitionWord, "credential">): string {
  const fields = requireFields(readJson(toUtf8(document), SIGNED), ["body", "proof", "version"], SIGNED);
  const body = requireText(fields["body"], `${SIGNED}, body`);
  const said = readJson(toUtf8(body), WHAT) as { readonly credential?: unknown };
  const word = { ...expected, credential: requireText(said.credential as string, `${WHAT}, credential`) };
  if (DECODER.decode(encodeWord(word)) !== body) throw new VerificationError(`${WHAT}: it says something else`);
  const proof = decodeProof(fields["proof"], `${SIGNED}, proof`);
  verifyKnowledge(prefixOf(word, toUtf8(body)), decodePoint(word.credential), proof);
  return word.credential;
}

function prefixOf(word: PetitionWord, body: Uint8Array): string {
  return `${DOMAIN}|${word.fingerprint}|${word.credential}|${hexDigest(body)}|`;
}
