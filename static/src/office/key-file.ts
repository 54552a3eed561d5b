/**
 * Keeps an office's private keys in one file, locked with a passphrase; the format is in docs/reference.md.
 *
 * Whoever has the file and the passphrase is the office. Neither is ever sent anywhere.
 */

import { ed25519, x25519 } from "@noble/curves/ed25519.js";
import { Decrypter, Encrypter } from "age-encryption";
import { type Bytes, base64, fromBase64, fromHex, hex, random, sha256, utf8 } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { certifySelf, drawKey } from "./x509.ts";

export const OFFICES = ["organiser", "community", "sub_district"] as const;
export type OfficeName = (typeof OFFICES)[number];
const CERTIFYING: OfficeName = "community";
const VERSION = 1;
const LOCKED = "age-encryption.org/v1\n";
/** Of scrypt: 64 MiB and well under a second, which an old office computer has. */
const WORK = 16;

export interface OfficeSecrets {
  readonly office: OfficeName;
  readonly name: string;
  /** The seed of Ed25519. */
  readonly signing: Uint8Array;
  /** RSA, PKCS #8, DER. */
  readonly x509Key: Uint8Array;
  /** X.509, DER. */
  readonly x509: Uint8Array;
  /** Of the office that certifies, for named ballots. */
  readonly hpke: Uint8Array | null;
}

/** That a file is no key file, or is another one; says nothing of what is in it. */
export class KeyFileError extends Error {
  constructor(readonly why: "not-a-key-file" | "wrong-passphrase") {
    super(why);
  }
}

/** Draws the keys of an office. */
export async function newSecrets(office: OfficeName, name: string, now: Date): Promise<OfficeSecrets> {
  const key = await drawKey();
  return {
    office,
    name,
    signing: random(32),
    x509Key: key.pkcs8,
    x509: await certifySelf(key, name, now),
    hpke: office === CERTIFYING ? random(32) : null,
  };
}

export function encodeSecrets(secrets: OfficeSecrets): Bytes {
  return utf8(
    canonical({
      version: VERSION,
      office: secrets.office,
      name: secrets.name,
      signing: hex(secrets.signing),
      x509_key: base64(secrets.x509Key),
      x509: base64(secrets.x509),
      hpke: secrets.hpke && hex(secrets.hpke),
    }),
  );
}

export function decodeSecrets(data: Uint8Array): OfficeSecrets {
  try {
    const fields = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(data));
    const secrets: OfficeSecrets = {
      office: fields.office,
      name: fields.name,
      signing: fromHex(fields.signing),
      x509Key: fromBase64(fields.x509_key),
      x509: fromBase64(fields.x509),
      hpke: fields.hpke === null ? null : fromHex(fields.hpke),
    };
    const fits =
      fields.version === VERSION &&
      OFFICES.includes(secrets.office) &&
      typeof secrets.name === "string" &&
      secrets.signing.length === 32 &&
      (secrets.office === CERTIFYING) === (secrets.hpke?.length === 32);
    if (fits) return secrets;
  } catch {
    // Told below, in the same words for every way to be no key file.
  }
  throw new KeyFileError("not-a-key-file");
}

/** What may be handed over: `vote.election.office` reads it. */
export async function encodePublic(secrets: OfficeSecrets): Promise<Bytes> {
  return utf8(
    canonical({
      version: VERSION,
      office: secrets.office,
      name: secrets.name,
      signing: hex(ed25519.getPublicKey(secrets.signing)),
      x509_sha256: hex(await sha256(secrets.x509)),
      x509: base64(secrets.x509),
      ...(secrets.hpke && { hpke: hex(x25519.getPublicKey(secrets.hpke)) }),
    }),
  );
}

export function isLocked(data: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(data.subarray(0, LOCKED.length)) === LOCKED;
}

export async function lock(data: Uint8Array, passphrase: string): Promise<Bytes> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WORK);
  return (await encrypter.encrypt(data)) as Bytes;
}

/** Opens a key file; `passphrase` counts only if it is locked. */
export async function openKeyFile(data: Uint8Array, passphrase: string): Promise<OfficeSecrets> {
  if (!isLocked(data)) return decodeSecrets(data);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let opened: Uint8Array;
  try {
    opened = await decrypter.decrypt(data);
  } catch {
    throw new KeyFileError("wrong-passphrase");
  }
  return decodeSecrets(opened);
}
