/**
 * A text with the signatures of those who stand for it (C2SP signed-note v1.0.0).
 *
 * * Text and signatures are parted at the last empty line. Lines end with LF and nothing else.
 * * The signature of an unknown key is ignored. That of a known key which does not hold refuses the whole note.
 * * A key counts once, however often it signed, and has one purpose.
 *
 * Follows SPEC.md §19.1; mirrors what reads in `crypto/note.py`. Not here: signing.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { ed25519Message, mlDsaMessage, splitCosignature } from "./cosigned-message.ts";
import { fromUtf8, requireBase64, toBase64, toUtf8 } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { ML_DSA_PUBLIC_BYTES, verifyMlDsa } from "./ml-dsa.ts";

/** What a key signs, and how; the numbers are those of signed-note. */
export const KEY_TYPES = {
  /** The text of a note, as a log does. */
  ED25519: 1,
  /** Time and text, with Ed25519, as a witness does. */
  COSIGNATURE: 4,
  /** Time, origin, size and root of a checkpoint, with ML-DSA-44. */
  ML_DSA_44: 6,
} as const;
export type KeyType = (typeof KEY_TYPES)[keyof typeof KEY_TYPES];

/** A public key, what it is for, and the name under which it signs. */
export interface VerifierKey {
  readonly name: string;
  readonly type: KeyType;
  readonly publicKey: Uint8Array;
  /** Four bytes in hex that help to find the key; many keys may have the same. */
  readonly keyId: string;
}

/** A line below a note; name and key id are as it claims. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly blob: Uint8Array;
}

/** A text, ended by a line feed, and its signatures, which nobody has verified yet. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Sixteen must be read; more than this only keeps a reader busy. */
export const MAX_SIGNATURES = 100;
export const MAX_NOTE_BYTES = 1_000_000;

const KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const DASH = "\u2014 ";
const CONTROL = /[\x00-\x09\x0b-\x1f]/;
const VERIFIER_KEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/;
/** Unicode's blanks: `\s` would take U+FEFF for one and not U+0085. */
const BLANK = /\p{White_Space}/u;

/** Write a verifier key as policies have it. */
export function encodeVerifierKey({ name, type, publicKey, keyId }: VerifierKey): string {
  return `${name}+${keyId}+${toBase64(concatBytes(Uint8Array.of(type), publicKey))}`;
}

/**
 * Read a verifier key.
 *
 * @throws MalformedError: it is none, of a type that is not read here, or its key id is that of another.
 * @throws VerificationError: the public key is one that anybody could sign for.
 */
export function decodeVerifierKey(text: string): VerifierKey {
  const [, name, keyId, encoded] = VERIFIER_KEY.exec(text) ?? [];
  if (name === undefined || keyId === undefined || encoded === undefined) {
    throw new MalformedError("verifier key: name+id+key is expected, the id in eight lowercase hex digits");
  }
  const typed = requireBase64(encoded, "verifier key");
  const type = Object.values(KEY_TYPES).find((each) => each === typed[0]);
  if (type === undefined) throw new MalformedError("verifier key: a key of type 1, 4 or 6 is expected");
  requireName(name);
  const publicKey = typed.subarray(1);
  if (publicKey.length !== (type === KEY_TYPES.ML_DSA_44 ? ML_DSA_PUBLIC_BYTES : KEY_BYTES)) {
    throw new MalformedError("verifier key: the public key has another length");
  }
  const found = bytesToHex(sha256(concatBytes(toUtf8(`${name}\n`), typed)).subarray(0, KEY_ID_BYTES));
  if (found !== keyId) throw new MalformedError("verifier key: its id does not belong to name and key");
  if (type !== KEY_TYPES.ML_DSA_44) requirePublicKey(publicKey);
  return { name, type, publicKey, keyId };
}

/**
 * Read a note; its signatures are not verified.
 *
 * @throws MalformedError: it is none, or another spelling of one.
 */
export function decodeNote(data: Uint8Array): Note {
  if (data.length > MAX_NOTE_BYTES) throw new MalformedError(`note: more than ${MAX_NOTE_BYTES} bytes`);
  const whole = fromUtf8(data, "note");
  if (CONTROL.test(whole)) throw new MalformedError("note: a control character other than the line feed");
  const parting = whole.lastIndexOf("\n\n");
  if (parting < 0 || !whole.endsWith("\n") || parting + 2 >= whole.length) {
    throw new MalformedError("note: text, an empty line and signatures are expected, the last line ended by a line feed");
  }
  const lines = whole.slice(parting + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw new MalformedError(`note: more than ${MAX_SIGNATURES} signatures`);
  return { text: whole.slice(0, parting + 1), signatures: lines.map(readSignatureLine) };
}

/**
 * Read a line below a note, without its line feed.
 *
 * @throws MalformedError: it is no signature.
 */
export function readSignatureLine(line: string): NoteSignature {
  if (!line.startsWith(DASH)) throw new MalformedError("note: a signature line begins with a dash (U+2014) and a blank");
  const rest = line.slice(DASH.length);
  const end = rest.indexOf(" ");
  const [name, encoded] = end < 0 ? [rest, ""] : [rest.slice(0, end), rest.slice(end + 1)];
  const data = requireBase64(encoded, "note, signature");
  if (data.length <= KEY_ID_BYTES) throw new MalformedError("note: a signature has a key id of four bytes, and more");
  requireName(name);
  return { name, keyId: bytesToHex(data.subarray(0, KEY_ID_BYTES)), blob: data.subarray(KEY_ID_BYTES) };
}

/**
 * Return those of `keys` that signed, each once, in the order given. Whoever is missing there did not sign.
 *
 * @throws MalformedError: two different keys have the same name and id, or the text is not what a key signs.
 * @throws VerificationError: a signature that claims to be by one of `keys` is not.
 */
export function signersOf(note: Note, keys: readonly VerifierKey[]): readonly VerifierKey[] {
  const known = new Map<string, VerifierKey>();
  for (const key of keys) {
    const other = known.get(placeOf(key));
    if (other && encodeVerifierKey(other) !== encodeVerifierKey(key)) {
      throw new MalformedError("note: two keys have the same name and id");
    }
    known.set(placeOf(key), other ?? key);
  }
  const signed = new Set<string>();
  for (const signature of note.signatures) {
    const key = known.get(placeOf(signature));
    if (!key) continue;
    verify(note.text, key, signature.blob);
    signed.add(placeOf(key));
  }
  return [...known].flatMap(([place, key]) => (signed.has(place) ? [key] : []));
}

/** A name has no `+`, so this is one place for each name and id. */
export function placeOf({ name, keyId }: { readonly name: string; readonly keyId: string }): string {
  return `${name}+${keyId}`;
}

function verify(text: string, key: VerifierKey, blob: Uint8Array): void {
  try {
    if (key.type === KEY_TYPES.ED25519) return verifyEd25519(key.publicKey, toUtf8(text), blob);
    const [at, signature] = splitCosignature(blob);
    if (key.type === KEY_TYPES.COSIGNATURE) verifyEd25519(key.publicKey, ed25519Message(text, at), signature);
    else verifyMlDsa(key.publicKey, mlDsaMessage(key.name, text, at), signature);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    throw new VerificationError(`note: what claims to be the signature of ${key.name} is not`);
  }
}

/**
 * With a key and an R in the group of prime order, the library's cofactored check and the plain one of RFC 8032 agree.
 */
function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): void {
  const holds = signature.length === SIGNATURE_BYTES && inGroup(publicKey) && inGroup(signature.subarray(0, KEY_BYTES))
    && ed25519.verify(signature, message, publicKey, { zip215: false });
  if (!holds) throw new VerificationError("Ed25519: the signature is not by this key for this message");
}

function requirePublicKey(data: Uint8Array): void {
  if (!inGroup(data)) throw new VerificationError("public key: it is not one of a signing key");
}

function inGroup(data: Uint8Array): boolean {
  try {
    const point = ed25519.Point.fromBytes(data);
    return point.isTorsionFree() && !point.is0();
  } catch {
    return false;
  }
}

function requireName(name: string): void {
  if (name === "" || name.includes("+") || CONTROL.test(name) || BLANK.test(name)) {
    throw new MalformedError("note: the name of a key is not empty and has neither blanks nor '+'");
  }
}
