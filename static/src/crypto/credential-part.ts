/**
 * Two-part credentials: the voting key is a part from the letter plus a part of the platform, each proved by its maker.
 *
 * * secret = letter + platform mod q, public credential = letter's public part · platform's public part.
 * * A proof names the election, the side and the part; no part and no credential is the identity.
 *
 * Follows SPEC.md §14; mirrors `crypto/credential_part.py`. Not here: the letter's text (`credential.ts`).
 */

import { publicCredential } from "./credential.ts";
import { requireFields, requireText } from "./encoding.ts";
import { about, VerificationError } from "./errors.ts";
import { add, decodePoint, decodeScalar, encodePoint, IDENTITY, type Point, reduce, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { proveKnowledge, verifyKnowledge } from "./knowledge.ts";
import { decodeProof, type Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

export const DOMAIN = "shanzhi credential part 1";

/** Whose part it is. */
export type Side = "letter" | "platform";

/** What is published of one side's part. */
export interface Part {
  /** L or P: g^secret, 64 hex digits. */
  readonly public: string;
  /** That its maker knows the secret. */
  readonly proof: Proof;
}

/** One entry of parts.json. */
export interface CredentialParts {
  /** The public credential, 64 hex digits. */
  readonly credential: string;
  readonly letter: Part;
  readonly platform: Part;
}

const ENTRY_FIELDS = ["credential", "letter", "letter_proof", "platform", "platform_proof"];

/**
 * Return what `side` publishes of its part in the election `uuid`.
 *
 * @throws VerificationError: the part is zero, so it would hide nothing.
 */
export function provePart(uuid: string, side: Side, secret: bigint, rng: Randomness): Part {
  const text = publicCredential(secret);
  const point = requireKey(decodePoint(text), `the ${side} part`);
  return { public: text, proof: proveKnowledge(prefixOf(uuid, side, text), secret, point, rng) };
}

/**
 * Raise unless whoever made `part` for `side` in the election `uuid` knows its secret.
 *
 * @throws MalformedError: the part is no point in canonical spelling.
 * @throws VerificationError: it is outside the group or the identity, or the proof does not hold.
 */
export function verifyPart(uuid: string, side: Side, part: Part): void {
  const what = `the ${side} part`;
  const point = requireKey(decodePoint(part.public, what), what);
  about(what, () => verifyKnowledge(prefixOf(uuid, side, part.public), point, part.proof));
}

/**
 * Return the public credential of two public parts, each 64 hex digits.
 *
 * @throws MalformedError: a part is no point in canonical spelling.
 * @throws VerificationError: a part is outside the group, or they cancel each other.
 */
export function combinePublic(letter: string, platform: string): string {
  const product = add(decodePoint(letter, "the letter part"), decodePoint(platform, "the platform part"));
  return encodePoint(requireKey(product, "the two parts together"));
}

/** Return the voting key of two parts, a number mod q. */
export function combineSecret(letter: bigint, platform: bigint): bigint {
  return reduce(letter + platform);
}

/**
 * Return the whole voting key of two secret parts, after comparing all that is known of it.
 *
 * @param letter the letter's part.
 * @param platform the platform's part, in decimal as it is handed over.
 * @param platformPublic what is published of it.
 * @param credential the public credential that both must make.
 * @throws MalformedError: the platform's part is no number below q.
 * @throws VerificationError: the platform's part is not the published one, or both do not make the credential.
 */
export function combineChecked(letter: bigint, platform: string, platformPublic: string, credential: string): bigint {
  const part = decodeScalar(platform, "the platform part");
  if (publicCredential(part) !== platformPublic) {
    throw new VerificationError("the platform part is not the one that was published");
  }
  return requireCredentialOf(combineSecret(letter, part), credential);
}

/**
 * Return `secret` if it makes the public credential.
 *
 * @throws VerificationError: it does not, or it is zero.
 */
export function requireCredentialOf(secret: bigint, credential: string): bigint {
  if (reduce(secret) === 0n || publicCredential(secret) !== credential) {
    throw new VerificationError("the key is not the one of this credential");
  }
  return secret;
}

/** Read one entry of parts.json; whether it is true is for `verifyEntry`. */
export function decodeEntry(value: Json | undefined, what: string): CredentialParts {
  const fields = requireFields(value, ENTRY_FIELDS, what);
  const text = (name: string): string => requireText(fields[name], `${what}, ${name}`);
  return {
    credential: text("credential"),
    letter: { public: text("letter"), proof: decodeProof(fields["letter_proof"], `${what}, letter proof`) },
    platform: { public: text("platform"), proof: decodeProof(fields["platform_proof"], `${what}, platform proof`) },
  };
}

/**
 * Raise unless the credential of an entry is the product of its parts, and both proofs hold.
 *
 * @throws MalformedError: a part is no point in canonical spelling.
 * @throws VerificationError: something else is wrong.
 */
export function verifyEntry(uuid: string, entry: CredentialParts): void {
  verifyPart(uuid, "letter", entry.letter);
  verifyPart(uuid, "platform", entry.platform);
  if (combinePublic(entry.letter.public, entry.platform.public) !== entry.credential) {
    throw new VerificationError("it is not the product of its parts");
  }
}

function prefixOf(uuid: string, side: Side, text: string): string {
  return `${DOMAIN}|${uuid}|${side}|${text}|`;
}

function requireKey(point: Point, what: string): Point {
  if (samePoint(point, IDENTITY)) throw new VerificationError(`${what}: the identity is nobody's key`);
  return point;
}
