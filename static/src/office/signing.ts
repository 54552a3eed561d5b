/**
 * Signs a certificate for an office: its words as JSON, and its PDF as the server prepared it.
 *
 * The PDF's signature covers the digest of the file that was prepared, which is computed here again: nothing else is
 * signed. Follows SPEC.md §12.1 and RFC 5652 §5.4.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, base64, find, hex, join, sha256, utf8 } from "./bytes.ts";
import { oid } from "./der.ts";
import type { OfficeSecrets } from "./key-file.ts";
import { readKey, signWith } from "./x509.ts";

export const DOMAIN = "certificate/1";
const TAG = "shanzhi-signature-1\n";
const RANGE = /\/ByteRange ?\[ ?0 (\d+) (\d+) (\d+) ?\]/g;

export interface Prepared {
  readonly pdf: Uint8Array;
  readonly attributes: Uint8Array;
  readonly place: number;
}

export interface OfficeSignature {
  readonly office: string;
  readonly key: string;
  readonly signature: string;
}

/** What was prepared is not what it should be, and nothing was signed. */
export class PreparedError extends Error {}

/** Signs bytes in a domain, as `crypto.signature.sign` does. */
export function sign(seed: Uint8Array, domain: string, payload: Uint8Array): Bytes {
  const name = utf8(domain);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(name.length));
  return ed25519.sign(join(utf8(TAG), length, name, payload), seed) as Bytes;
}

/** Signs the certificate's own bytes. */
export function signCertificate(secrets: OfficeSecrets, certificate: Uint8Array): OfficeSignature {
  return {
    office: secrets.office,
    key: hex(ed25519.getPublicKey(secrets.signing)),
    signature: base64(sign(secrets.signing, DOMAIN, certificate)),
  };
}

/** Signs a prepared PDF and returns it whole. */
export async function signSheet(secrets: OfficeSecrets, prepared: Prepared): Promise<Bytes> {
  await requireItsDigest(prepared);
  const signature = await signWith(await readKey(secrets.x509Key), prepared.attributes);
  const written = utf8(hex(signature).toUpperCase());
  const { pdf, place } = prepared;
  const zeros = pdf.subarray(place, place + written.length);
  if (zeros.length !== written.length || zeros.some((each) => each !== 0x30)) {
    throw new PreparedError("there is no room for the signature");
  }
  return join(pdf.subarray(0, place), written, pdf.subarray(place + written.length));
}

/** Throws unless the signed attributes hold the digest of this very PDF. */
async function requireItsDigest({ pdf, attributes }: Prepared): Promise<void> {
  const found = [...new TextDecoder("latin1").decode(pdf).matchAll(RANGE)].at(-1);
  if (!found) throw new PreparedError("the PDF has no room for a signature");
  const [end, start, rest] = found.slice(1, 4).map(Number) as [number, number, number];
  if (start + rest !== pdf.length) throw new PreparedError("the signature would not cover the whole PDF");
  const digest = await sha256(join(pdf.subarray(0, end), pdf.subarray(start)));
  const attribute = join(oid("1.2.840.113549.1.9.4"), Uint8Array.of(0x31, 34, 0x04, 32), digest);
  if (attributes[0] !== 0x31 || find(attributes, attribute) < 0) {
    throw new PreparedError("what is to be signed is not this PDF");
  }
}
