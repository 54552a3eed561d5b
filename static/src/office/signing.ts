/**
 * Signs a certificate for an office: its words as JSON, and its PDF as the server prepared it.
 *
 * The PDF's signature covers the digest of the file that was prepared, which is computed here again, and the office's own
 * certificate: nothing else is signed. What the PDF says is not read here: `vote office certify` sets it anew and compares.
 * Follows SPEC.md §12.1, RFC 5652 §5.4 and §11, and RFC 5035 §3.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { type Bytes, base64, find, hex, join, sha256, utf8 } from "./bytes.ts";
import { octets, oid, open, sequence, set } from "./der.ts";
import type { OfficeSecrets } from "./key-file.ts";
import { readKey, signWith } from "./x509.ts";

export const DOMAIN = "certificate/1";
const TAG = "shanzhi-signature-1\n";
const RANGE = /\/ByteRange ?\[ ?0 (\d+) (\d+) (\d+) ?\]/g;
/** What a signature cannot cover: itself, in hex. */
const OWN_PLACE = /^<[0-9A-Fa-f]+>$/;
const CONTENT_TYPE = sequence(oid("1.2.840.113549.1.9.3"), set(oid("1.2.840.113549.1.7.1")));
const SIGNING_CERTIFICATE = oid("1.2.840.113549.1.9.16.2.47");

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
  await requireItsDigest(prepared, secrets);
  const signature = await signWith(await readKey(secrets.x509Key), prepared.attributes);
  const written = utf8(hex(signature).toUpperCase());
  const { pdf, place } = prepared;
  const zeros = pdf.subarray(place, place + written.length);
  if (zeros.length !== written.length || zeros.some((each) => each !== 0x30)) {
    throw new PreparedError("there is no room for the signature");
  }
  return join(pdf.subarray(0, place), written, pdf.subarray(place + written.length));
}

/** Throws unless the signed attributes are the digest of this very PDF and the office's certificate, and nothing else. */
async function requireItsDigest({ pdf, attributes, place }: Prepared, secrets: OfficeSecrets): Promise<void> {
  const found = [...new TextDecoder("latin1").decode(pdf).matchAll(RANGE)].at(-1);
  if (!found) throw new PreparedError("the PDF has no room for a signature");
  const [end, start, rest] = found.slice(1, 4).map(Number) as [number, number, number];
  if (start + rest !== pdf.length) throw new PreparedError("the signature would not cover the whole PDF");
  const gap = new TextDecoder("latin1").decode(pdf.subarray(end, start));
  if (!OWN_PLACE.test(gap) || place <= end || place >= start) {
    throw new PreparedError("the signature would leave something else of the PDF uncovered");
  }
  const digest = await sha256(join(pdf.subarray(0, end), pdf.subarray(start)));
  const expected = [CONTENT_TYPE, sequence(oid("1.2.840.113549.1.9.4"), set(octets(digest)))].map(hex);
  const said = split(attributes);
  const own = octets(await sha256(secrets.x509));
  const certificate = said.find((each) => find(open(each, 0x30).content, SIGNING_CERTIFICATE) === 0);
  const whole = said.length === 3 && expected.every((each) => said.some((one) => hex(one) === each));
  if (!whole || !certificate || find(certificate, own) < 0) {
    throw new PreparedError("what is to be signed is not this PDF");
  }
}

/** The attributes of a set that is nothing else. */
function split(attributes: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  try {
    const whole = open(attributes, 0x31);
    if (whole.rest.length > 0) throw new TypeError("DER: something stands after the set");
    for (let rest = whole.content; rest.length > 0; ) {
      const after = open(rest, 0x30).rest;
      found.push(rest.subarray(0, rest.length - after.length));
      rest = after;
    }
  } catch {
    throw new PreparedError("what is to be signed are no attributes");
  }
  return found;
}
