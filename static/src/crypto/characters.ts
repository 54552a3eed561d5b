/**
 * Twelve Chinese characters on a card, from which everything that one trustee keeps secret is derived.
 *
 * Follows SPEC.md §17; mirrors `crypto/characters.py`.
 */

import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import LIST from "../../../crypto/characters.txt";
import { compactJson, hexDigest, toUtf8 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { randomScalar } from "./group.ts";
import type { Randomness } from "./randomness.ts";

export const DOMAIN = "shanzhi characters 1";
export const LENGTH = 12;
export const SEED_BYTES = 16;
const BITS = 11n;
const CHECK_BITS = 4n;
const CHARACTERS = LIST.replace(/\s/g, "");
const MASK = (1n << BITS) - 1n;

/** A trustee's place in a ceremony. */
export interface Place {
  readonly context: string;
  readonly size: number;
  readonly threshold: number;
  /** From 1. */
  readonly index: number;
}

/** Draw the 16 bytes that a card stands for. */
export function newSeed(rng: Randomness): Uint8Array {
  return rng(SEED_BYTES);
}

/** Return the characters of 16 bytes. */
export function writeCharacters(seed: Uint8Array): string {
  let number = (toNumber(seed) << CHECK_BITS) | check(seed);
  let text = "";
  for (let place = 0; place < LENGTH; place++) {
    text = CHARACTERS[Number(number & MASK)]! + text;
    number >>= BITS;
  }
  return text;
}

/** Whether a character can stand on a card. */
export function isListed(character: string): boolean {
  return character.length === 1 && CHARACTERS.includes(character);
}

/**
 * Return the 16 bytes of twelve characters, however they are spaced.
 *
 * @throws MalformedError: one is not on the list, there are more or fewer, or they do not go together; none is repeated.
 */
export function readCharacters(typed: string): Uint8Array {
  const characters = [...typed.replace(/\s/g, "")];
  if (characters.length !== LENGTH) {
    throw new MalformedError(`the card holds ${LENGTH} characters, and ${characters.length} were given`);
  }
  let number = 0n;
  characters.forEach((character, index) => {
    if (!isListed(character)) {
      throw new MalformedError(`character ${index + 1} is none of those that cards have: look at the card again`);
    }
    number = (number << BITS) | BigInt(CHARACTERS.indexOf(character));
  });
  const seed = fromNumber(number >> CHECK_BITS);
  if ((number & ((1n << CHECK_BITS) - 1n)) !== check(seed)) {
    throw new MalformedError("the characters do not go together: one is wrong, or two are exchanged");
  }
  return seed;
}

/** Return the keys with which a trustee signs and receives during the ceremony. */
export function deriveKeys(seed: Uint8Array, place: Place): { readonly signing: bigint; readonly encryption: bigint } {
  return { signing: derive(seed, ["signing", ...listed(place)]), encryption: derive(seed, ["encryption", ...listed(place)]) };
}

/** Return the trustee's polynomial for certificates of a digest, the constant term first. */
export function deriveCoefficients(seed: Uint8Array, place: Place, digest: string): bigint[] {
  return Array.from({ length: place.threshold }, (_, k) =>
    derive(seed, ["coefficient", ...listed(place), digest, k]),
  );
}

function listed(place: Place): readonly (string | number)[] {
  return [place.context, place.size, place.threshold, place.index];
}

function derive(seed: Uint8Array, purpose: readonly (string | number)[]): bigint {
  return randomScalar((size) => hkdf(sha256, seed, undefined, compactJson([DOMAIN, ...purpose]), size));
}

function check(seed: Uint8Array): bigint {
  const begin = toUtf8(`${DOMAIN}\n`);
  return BigInt(`0x${hexDigest(Uint8Array.of(...begin, ...seed))[0]!}`);
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function fromNumber(number: bigint): Uint8Array {
  return Uint8Array.from({ length: SEED_BYTES }, (_, at) => Number((number >> BigInt(8 * (SEED_BYTES - 1 - at))) & 255n));
}
