/**
 * The description of an election as everybody votes on it: who asks, what, and under which key.
 *
 * Its bytes are hashed as they are and never written again: every ballot carries their fingerprint.
 * Follows SPEC.md §5; mirrors `crypto/election.py`.
 */

import { fingerprint, readJson, requireFields, requireList, requireText, requireWhole } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { decodePoint, IDENTITY, NAME, type Point, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { decodeQuestion, type Question } from "./question.ts";

export const VERSION = 1;

export interface Election {
  /** The bytes as published. */
  readonly data: Uint8Array;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  /** y, not the identity. */
  readonly publicKey: Point;
  readonly questions: readonly Question[];
  /** φ: SHA-256 of `data` in Base64, 43 characters. */
  readonly fingerprint: string;
}

const REQUIRED = ["version", "description", "name", "group", "public_key", "questions", "uuid"];
const TEXTS = ["administrator", "credential_authority"];
const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,64}$/;

/**
 * Read the bytes of `election.json`.
 *
 * @throws MalformedError: another version or group, a field missing or unknown, a uuid, key or question that is none.
 * @throws VerificationError: the public key is a point outside the group.
 */
export function decodeElection(data: Uint8Array): Election {
  const fields = requireFields(readJson(data, "the election"), REQUIRED, "the election", [...TEXTS, "language"]);
  if (requireWhole(fields["version"], "the election, version") !== VERSION) {
    throw new MalformedError(`the election: only version ${VERSION} of the protocol is supported`);
  }
  if (fields["group"] !== NAME) throw new MalformedError(`the election: only group ${NAME} is supported`);
  for (const name of TEXTS) if (name in fields) requireText(fields[name], `the election, ${name}`);
  if ("language" in fields) requireLanguage(fields["language"]);
  const publicKey = decodePoint(fields["public_key"], "the election, public key");
  if (samePoint(publicKey, IDENTITY)) {
    throw new MalformedError("the election: the public key is the identity, which hides nothing");
  }
  const questions = requireList(fields["questions"], "the election, questions");
  if (questions.length === 0) throw new MalformedError("the election: there is no question");
  return {
    data,
    uuid: requireUuid(fields["uuid"]),
    name: requireText(fields["name"], "the election, name"),
    description: requireText(fields["description"], "the election, description"),
    publicKey,
    questions: questions.map((each, index) => decodeQuestion(each, `question ${index + 1}`)),
    fingerprint: fingerprint(data),
  };
}

/**
 * Return `value` if it can name an election: 14 to 64 characters of base58.
 *
 * @throws MalformedError: otherwise.
 */
export function requireUuid(value: Json | undefined): string {
  const text = requireText(value, "the election, uuid");
  if (!UUID.test(text)) throw new MalformedError("the election, uuid: 14 to 64 characters of base58 are expected");
  return text;
}

function requireLanguage(value: Json | undefined): void {
  const [name, direction] = requireList(value, "the election, language", 2);
  requireText(name, "the election, language");
  if (direction !== "ltr" && direction !== "rtl") {
    throw new MalformedError("the election, language: the direction of writing is ltr or rtl");
  }
}
