/**
 * Voters' credentials: the private text in a letter, and the key made of it.
 *
 * Follows SPEC.md §4; mirrors `crypto/credential.py`. Not here: the public list.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { toUtf8 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { encodePoint, multiplyBase, ORDER } from "./group.ts";
import type { Json } from "./json.ts";
import type { Randomness } from "./randomness.ts";

/** Base58: no 0, O, I, l, which people confuse. */
export const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const GROUPS = [5, 6, 5, 6];
const LENGTH = GROUPS.reduce((sum, size) => sum + size, 0);
const FORM = new RegExp(`^${GROUPS.map((size) => `[${ALPHABET}]{${size}}`).join("-")}$`);
const EVEN = 256 - (256 % ALPHABET.length);
/** What people and scanners put between the groups: separators, invisible characters, hyphens and dashes of all kinds. */
const BETWEEN = /[\p{Z}\p{C}\p{P}\u2212]/gu;

/** Draw a new private credential. */
export function generateCredential(rng: Randomness): string {
  let letters = "";
  while (letters.length < LENGTH) {
    // Bytes from 232 up are dropped: 256 is no multiple of 58, and every letter is to be as likely as any other.
    for (const byte of rng(32)) if (byte < EVEN) letters += ALPHABET[byte % ALPHABET.length];
  }
  return grouped(letters.slice(0, LENGTH));
}

/**
 * Return `text` if it has the form of a private credential.
 *
 * @throws MalformedError: otherwise; the sentence does not repeat the text.
 */
export function requireCredential(text: Json | undefined): string {
  if (typeof text !== "string" || !FORM.test(text)) {
    throw new MalformedError(
      "a credential is 22 letters and digits in four groups of 5, 6, 5 and 6 with hyphens between them, without 0, O, " +
        "I and l: please compare it with the letter",
    );
  }
  return text;
}

/**
 * Return the one spelling of a credential that somebody typed, with or without hyphens, or in full-width characters.
 *
 * @throws MalformedError: it has another number of characters, or one that no credential has.
 */
export function readCredential(typed: string): string {
  return requireCredential(grouped(typed.normalize("NFKC").replace(BETWEEN, "")));
}

/** Return the signing key of a private credential in the election `uuid`, a number mod q. */
export function deriveSecret(uuid: string, credential: string): bigint {
  const halves = [0, 1].map((half) => sha256(toUtf8(`derive_credential|${uuid}|${half}|${credential}`)));
  return BigInt(`0x${halves.map(bytesToHex).join("")}`) % ORDER;
}

/** Return what is published of a signing key: g^secret as 64 hex digits. */
export function publicCredential(secret: bigint): string {
  return encodePoint(multiplyBase(secret));
}

function grouped(letters: string): string {
  let at = 0;
  return GROUPS.map((size, index) => {
    const end = index === GROUPS.length - 1 ? letters.length : at + size;
    const group = letters.slice(at, end);
    at = end;
    return group;
  }).join("-");
}
