/**
 * One way to write a thing: compact JSON, fingerprints, whole numbers. Every other spelling is refused.
 *
 * Follows SPEC.md §1; mirrors `crypto/encoding.py`.
 */

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { about, MalformedError } from "./errors.ts";
import { parseJson, type Json, type JsonObject } from "./json.ts";

const DIGEST = /^[0-9a-f]{64}$/;
// 256 bits: the last character holds four of them, and two zeros.
const FINGERPRINT = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/;
// `atob` alone would also take blanks, missing padding and bits that nobody reads.
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;
/** As many arguments as every browser takes. */
const SLICE = 0x8000;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Write a text in UTF-8. */
export function toUtf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Write JSON as the protocol hashes it: no spaces, keys in the order given, UTF-8 unescaped. */
export function compactJson(value: unknown): Uint8Array {
  return toUtf8(JSON.stringify(value));
}

/**
 * Read strict JSON; see `json.ts`.
 *
 * @param data the bytes, whole.
 * @param what names the document in a refusal, as in "the ballot".
 * @throws MalformedError: `data` is not such a document.
 */
export function readJson(data: Uint8Array, what: string): Json {
  let text: string;
  try {
    text = DECODER.decode(data);
  } catch {
    throw new MalformedError(`${what}: it is not JSON in UTF-8`);
  }
  return about(what, () => parseJson(text));
}

/** Return SHA-256 in standard Base64 without padding, 43 characters, as trackers are written. */
export function fingerprint(data: Uint8Array): string {
  return btoa(String.fromCharCode(...sha256(data))).slice(0, 43);
}

/** Write bytes in standard Base64 with padding. */
export function toBase64(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += SLICE) text += String.fromCharCode(...data.subarray(at, at + SLICE));
  return btoa(text);
}

/** Read UTF-8 and nothing else; a byte order mark is a character like any other. */
export function fromUtf8(data: Uint8Array, what: string): string {
  try {
    return DECODER.decode(data);
  } catch {
    throw new MalformedError(`${what}: UTF-8 is expected`);
  }
}

/** Return SHA-256 in lowercase hex, 64 characters, as the archive names its members. */
export function hexDigest(data: Uint8Array): string {
  return bytesToHex(sha256(data));
}

/** Return `value` if it is an object with all of `required`, some of `optional`, and nothing else. */
export function requireFields(
  value: Json | undefined,
  required: readonly string[],
  what: string,
  optional: readonly string[] = [],
): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedError(`${what}: an object is expected`);
  }
  for (const name of required) {
    if (!(name in value)) throw new MalformedError(`${what}: field ${name} is missing`);
  }
  for (const name of Object.keys(value)) {
    if (!required.includes(name) && !optional.includes(name)) {
      throw new MalformedError(`${what}: unknown field '${name.slice(0, 40)}'`);
    }
  }
  return value as JsonObject;
}

/** Return `value` if it is a list, of `length` entries where one is given. */
export function requireList(value: Json | undefined, what: string, length?: number): readonly Json[] {
  if (!Array.isArray(value)) throw new MalformedError(`${what}: a list is expected`);
  if (length !== undefined && value.length !== length) {
    throw new MalformedError(`${what}: ${length} entries are expected, there are ${value.length}`);
  }
  return value;
}

/** Return `value` if it is a string. */
export function requireText(value: Json | undefined, what: string): string {
  if (typeof value !== "string") throw new MalformedError(`${what}: a text is expected`);
  return value;
}

/** Return `value` if it is true or false. */
export function requireTruth(value: Json | undefined, what: string): boolean {
  if (typeof value !== "boolean") throw new MalformedError(`${what}: true or false is expected`);
  return value;
}

/** Return `value` if it is SHA-256 in hex, as `hexDigest` writes it. */
export function requireDigest(value: Json | undefined, what: string): string {
  if (typeof value !== "string" || !DIGEST.test(value)) {
    throw new MalformedError(`${what}: 64 lowercase hex digits are expected`);
  }
  return value;
}

/** Return `value` if it is SHA-256 in Base64, as `fingerprint` writes it. */
export function requireFingerprint(value: Json | undefined, what: string): string {
  if (typeof value !== "string" || !FINGERPRINT.test(value)) {
    throw new MalformedError(`${what}: 43 characters of Base64 are expected`);
  }
  return value;
}

/** Return the bytes that `text` stands for, if it is standard Base64 with its padding and in its one spelling. */
export function requireBase64(text: string, what: string): Uint8Array {
  if (BASE64.test(text)) {
    const data = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
    if (toBase64(data) === text) return data;
  }
  throw new MalformedError(`${what}: standard Base64 is expected`);
}

/**
 * Return the number that `text` writes in ASCII digits, without sign, blank or leading zero.
 *
 * @throws MalformedError: otherwise, or it is above 2^53 - 1. Python counts up to 2^63 - 1; no log comes near either.
 */
export function requireDecimal(text: string, what: string): number {
  const number = DECIMAL.test(text) ? Number(text) : NaN;
  if (!Number.isSafeInteger(number)) throw new MalformedError(`${what}: a decimal number without leading zeroes is expected`);
  return number;
}

/** Return `value` if it is a whole number of at least `minimum`. */
export function requireWhole(value: Json | undefined, what: string, minimum = 0): number {
  if (typeof value !== "number" || value < minimum) {
    throw new MalformedError(`${what}: a whole number from ${minimum} is expected`);
  }
  return value;
}

/** Whether two byte strings, neither of them secret, are the same. */
export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
