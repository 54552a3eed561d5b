/**
 * Makes the X.509 certificate in which an office speaks for itself, and the request for one of a licensed authority.
 *
 * What it says is what `vote.office.x509` says: the office's name, that the key signs documents, ten years.
 * Follows RFC 5280 and RFC 2986.
 */

import { type Bytes, base64, join, random } from "./bytes.ts";
import {
  absent, bits, explicit, flags, integer, moment, octets, oid, open, printable, sequence, set, text, yes,
} from "./der.ts";

export const MAX_NAME = 64;
const VALID_DAYS = 3653;
const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const SIGNED_WITH = () => sequence(oid("1.2.840.113549.1.1.11"), absent());

/** An office's key for PDF signatures. */
export interface DocumentKey {
  readonly privateKey: CryptoKey;
  /** PKCS #8, DER. */
  readonly pkcs8: Bytes;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Bytes;
}

/** Draws an RSA key of 3072 bits. */
export async function drawKey(): Promise<DocumentKey> {
  const parameters = { ...RSA, modulusLength: 3072, publicExponent: Uint8Array.of(1, 0, 1) };
  const pair = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  return {
    privateKey: pair.privateKey,
    pkcs8: new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey)),
    spki: new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)),
  };
}

export async function readKey(pkcs8: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", pkcs8 as Bytes, RSA, false, ["sign"]);
}

export async function signWith(key: CryptoKey, bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(RSA.name, key, bytes as Bytes));
}

/** Whether a name is one line that a certificate holds. */
export function isName(name: string): boolean {
  return name.trim() === name && /^(?:[^\p{C}\p{Z}]| )+$/u.test(name) && [...name].length <= MAX_NAME;
}

export async function certifySelf(key: DocumentKey, name: string, now: Date): Promise<Bytes> {
  const seconds = new Date(Math.floor(now.getTime() / 1000) * 1000);
  const until = new Date(seconds.getTime() + VALID_DAYS * 86_400_000);
  const identifier = await keyIdentifier(key.spki);
  const extensions = sequence(
    extension("2.5.29.19", sequence(), true),
    extension("2.5.29.15", flags(0, 1), true),
    extension("2.5.29.14", octets(identifier), false),
    extension("2.5.29.35", sequence(join(Uint8Array.of(0x80, identifier.length), identifier)), false),
  );
  const serial = random(20);
  serial[0] = ((serial[0] as number) & 0x3f) | 0x40;
  const said = sequence(
    explicit(0, integer(Uint8Array.of(2))),
    integer(serial),
    SIGNED_WITH(),
    subject(name),
    sequence(moment(seconds), moment(until)),
    subject(name),
    key.spki,
    explicit(3, extensions),
  );
  return sequence(said, SIGNED_WITH(), bits(await signWith(key.privateKey, said)));
}

/** Returns a request for the key of a certificate that was made here, PKCS #10 in PEM. */
export async function requestFor(own: { readonly x509: Uint8Array; readonly name: string }, key: CryptoKey): Promise<string> {
  const said = sequence(integer(Uint8Array.of(0)), subject(own.name), spkiOf(own.x509), explicit(0));
  const request = sequence(said, SIGNED_WITH(), bits(await signWith(key, said)));
  const lines = base64(request).match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE REQUEST-----\n${lines.join("\n")}\n-----END CERTIFICATE REQUEST-----\n`;
}

/** The SubjectPublicKeyInfo in a certificate: after version, number, algorithm, issuer, validity and subject. */
export function spkiOf(certificate: Uint8Array): Uint8Array {
  let rest = open(open(certificate, 0x30).content, 0x30).content;
  for (const tag of [0xa0, 0x02, 0x30, 0x30, 0x30, 0x30]) ({ rest } = open(rest, tag));
  return rest.subarray(0, rest.length - open(rest, 0x30).rest.length);
}

function subject(name: string): Bytes {
  if (!isName(name)) throw new RangeError(`name: one line of 1 to ${MAX_NAME} characters is expected`);
  return sequence(set(sequence(oid("2.5.4.6"), printable("CN"))), set(sequence(oid("2.5.4.3"), text(name))));
}

function extension(identifier: string, value: Uint8Array, critical: boolean): Bytes {
  return sequence(oid(identifier), ...(critical ? [yes()] : []), octets(value));
}

/** SHA-1 of the key's bits (RFC 5280 §4.2.1.2): a name, on which nothing rests. */
async function keyIdentifier(spki: Uint8Array): Promise<Bytes> {
  const { rest } = open(open(spki, 0x30).content, 0x30);
  const { content } = open(rest, 0x03);
  return new Uint8Array(await crypto.subtle.digest("SHA-1", content.slice(1)));
}

