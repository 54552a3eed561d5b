/**
 * Makes letters for owners and seals them so that two people are needed to open them: an age file inside an age file.
 *
 * Follows SPEC.md §14, §18; mirrors `vote/credential/{command,letter,letter_number,sealed_letters}.py`.
 */

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { generateCredential, deriveSecret, publicCredential, requireCredential } from "./credential.ts";
import { provePart } from "./credential-part.ts";
import { compactJson, readJson, requireFields, requireList, requireText, requireWhole, toUtf8 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { encodeProof, type ProofJson } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/** An entitlement for which a letter is asked. */
export interface RequestLine {
  readonly entitlement: number;
  readonly places: readonly string[];
  /** Masked. */
  readonly owner: string;
}

/** What the registrars get from the server. */
export interface LetterRequest {
  readonly election: string;
  readonly title: string;
  readonly parts: number;
  readonly lines: readonly RequestLine[];
}

/** One owner's letter. */
export interface Letter {
  readonly election: string;
  readonly entitlement: number;
  readonly credential: string;
  readonly places: readonly string[];
  readonly owner: string;
  /** XXXX-XXXX; only where keys have two parts. */
  readonly number?: string;
}

/** What is public of a letter. */
export interface PublicLine {
  readonly entitlement: number;
  readonly credential: string;
  readonly proof?: ProofJson;
  readonly letter_number?: string;
}

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const NUMBER = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;
const IDENTITY = /AGE-SECRET-KEY-1[0-9A-Z]{58}/;
const DECODER = new TextDecoder();

/** Read what the server asks letters for. */
export function readRequest(data: Uint8Array): LetterRequest {
  const what = "the request";
  const names = ["version", "election", "title", "base", "credential_parts", "entitlements"];
  const fields = requireFields(readJson(data, what), names, what);
  if (fields["version"] !== 1) throw new MalformedError(`${what}: only version 1 is known`);
  return {
    election: requireText(fields["election"], what),
    title: requireText(fields["title"], what),
    parts: requireWhole(fields["credential_parts"], what, 1),
    lines: requireList(fields["entitlements"], what).map((value) => {
      const line = requireFields(value, ["entitlement", "weight", "places", "owner"], what);
      return {
        entitlement: requireWhole(line["entitlement"], what, 1),
        places: requireList(line["places"], what).map((place) => requireText(place, what)),
        owner: requireText(line["owner"], what),
      };
    }),
  };
}

/** Draw the number of a letter: XXXX-XXXX. */
export function drawNumber(rng: Randomness): string {
  let value = rng(5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let place = 0; place < 8; place++) {
    text = CROCKFORD[Number(value & 31n)]! + text;
    value >>= 5n;
  }
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** Make one letter for a line, with what is public of it; its number is none of `taken`, and joins them. */
export function issueLetter(
  request: LetterRequest, line: RequestLine, taken: Set<string>, rng: Randomness,
): { readonly letter: Letter; readonly line: PublicLine } {
  const { election } = request;
  const { entitlement, places, owner } = line;
  const credential = generateCredential(rng);
  const secret = deriveSecret(election, credential);
  const letter = { election, entitlement, credential, places, owner };
  if (request.parts === 1) return { letter, line: { entitlement, credential: publicCredential(secret) } };
  let number = drawNumber(rng);
  while (taken.has(number)) number = drawNumber(rng);
  taken.add(number);
  const part = provePart(election, "letter", secret, rng);
  const proof = encodeProof(part.proof);
  return { letter: { ...letter, number }, line: { entitlement, credential: part.public, proof, letter_number: number } };
}

/** Write the list that the server gets. */
export function encodePublicList(election: string, lines: readonly PublicLine[]): Uint8Array {
  return compactJson({ version: 1, election, credentials: lines });
}

/** Write letters, one a line. */
export function encodeLetters(letters: readonly Letter[]): Uint8Array {
  return toUtf8(letters.map((letter) => `${JSON.stringify(letter)}\n`).join(""));
}

/**
 * Read letters.
 *
 * @throws MalformedError: a line is none.
 */
export function decodeLetters(data: Uint8Array): Letter[] {
  return DECODER.decode(data).split("\n").slice(0, -1).map((text, at) => {
    const what = `letter ${at + 1}`;
    const names = ["election", "entitlement", "credential", "places", "owner"];
    const fields = requireFields(readJson(toUtf8(text), what), names, what, ["number"]);
    const number = "number" in fields ? { number: requireText(fields["number"], what) } : {};
    if (number.number !== undefined && !NUMBER.test(number.number)) throw new MalformedError(`${what}: its number is none`);
    return {
      election: requireText(fields["election"], what),
      entitlement: requireWhole(fields["entitlement"], what, 1),
      credential: requireCredential(fields["credential"]),
      places: requireList(fields["places"], what).map((place) => requireText(place, what)),
      owner: requireText(fields["owner"], what),
      ...number,
    };
  });
}

/** Make the secret of a card. */
export function newIdentity(): Promise<string> {
  return generateX25519Identity();
}

/**
 * Return the secret of a card that was typed or scanned, in small letters or with blanks too.
 *
 * @throws MalformedError: it is none.
 */
export function readIdentity(typed: string): string {
  const found = IDENTITY.exec(typed.normalize("NFKC").toUpperCase().replace(/[\s\u00ad\u200b]/g, ""));
  if (!found) throw new MalformedError("this is not the secret of a card");
  return found[0];
}

/** Return what is public of a card. */
export function recipientOf(identity: string): Promise<string> {
  return identityToRecipient(identity);
}

/** Seal letters for two cards, of which the public halves are given, the first inside. */
export async function sealLetters(letters: Uint8Array, recipients: readonly [string, string]): Promise<Uint8Array> {
  requireTwo(recipients);
  let sealed = letters;
  for (const recipient of recipients) {
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipient);
    sealed = await encrypter.encrypt(sealed);
  }
  return sealed;
}

/**
 * Open what was sealed for two cards, which may come in either order.
 *
 * @throws MalformedError: the cards are not two, or not those for which it was sealed.
 */
export async function openLetters(sealed: Uint8Array, identities: readonly [string, string]): Promise<Uint8Array> {
  requireTwo(identities);
  for (const order of [identities, [...identities].reverse()]) {
    try {
      let opened = sealed;
      for (const identity of order) {
        const decrypter = new Decrypter();
        decrypter.addIdentity(identity);
        opened = await decrypter.decrypt(opened);
      }
      return opened;
    } catch {
      continue;
    }
  }
  throw new MalformedError("these two cards do not open the letters");
}

function requireTwo(identities: readonly [string, string]): void {
  if (identities[0] === identities[1]) throw new MalformedError("two different cards are needed");
}
