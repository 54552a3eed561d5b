/**
 * The public record of a key that several trustees made together and any `threshold` of them can use, checked only.
 *
 * Follows SPEC.md §6; mirrors `crypto/pedersen.py`.
 */

import { readJson, requireFields, requireList, requireText, requireWhole, toUtf8 } from "./encoding.ts";
import { about, MalformedError, VerificationError } from "./errors.ts";
import { add, decodePoint, encodePoint, IDENTITY, multiplyPublic, NAME, type Point, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { verifyMessage } from "./knowledge.ts";
import { decodeProof, encodeProof, type Proof } from "./proof.ts";
import { decodeTrusteeKey, type TrusteeKey, verifyTrusteeKey } from "./trustee-key.ts";

/** More trustees than any election has; a bound on hostile input. */
export const MAX_SIZE = 64;

interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

interface Certificate {
  readonly signed: SignedMessage;
  readonly size: number;
  readonly threshold: number;
  readonly index: number;
  readonly verification: Point;
  readonly encryption: Point;
}

interface Coefficients {
  readonly signed: SignedMessage;
  readonly powers: readonly Point[];
}

/** A whole record; entry i of each list is of trustee i + 1. */
export interface Pedersen {
  readonly threshold: number;
  readonly certificates: readonly Certificate[];
  readonly coefficients: readonly Coefficients[];
  readonly signatures: readonly Proof[];
  readonly keys: readonly TrusteeKey[];
}

const FIELDS = ["threshold", "certs", "coefexps", "signatures", "verification_keys"];

/** The product of the constant terms. */
export function pedersenKey(group: Pedersen): Point {
  return group.coefficients.reduce((product, each) => add(product, each.powers[0]!), IDENTITY);
}

/** Raise `VerificationError` unless the whole record holds; the sentence names the trustee by its number in the group. */
export function verifyPedersen(group: Pedersen, what: string): void {
  const size = group.certificates.length;
  group.certificates.forEach((certificate, index) => {
    about(`${what}, trustee ${index + 1}`, () => verifyCertificate(certificate, size, group.threshold, index + 1));
  });
  group.coefficients.forEach((each, index) => {
    about(`${what}, trustee ${index + 1}`, () => {
      const { verification, threshold } = group.certificates[index]!;
      if (each.powers.length !== threshold) {
        throw new VerificationError("the number of coefficients is not the threshold");
      }
      verifyMessage(verification, each.signed.message, each.signed.signature);
      verifyMessage(verification, jointStatement(group.certificates, each.powers), group.signatures[index]!);
    });
  });
  const powers = group.coefficients.map((each) => each.powers);
  group.keys.forEach((key, index) => {
    about(`${what}, trustee ${index + 1}`, () => {
      if (!samePoint(key.publicKey, ownKeyFrom(powers, index + 1))) {
        throw new VerificationError("the key does not follow from the published coefficients");
      }
      verifyTrusteeKey(key);
      if (key.signature === null) throw new VerificationError("the key is not signed");
      verifyMessage(group.certificates[index]!.verification, encodePoint(key.publicKey), key.signature);
    });
  });
}

/** Read a whole record; whether it holds is for `verifyPedersen`. */
export function decodePedersen(value: Json | undefined, what: string): Pedersen {
  const fields = requireFields(value, FIELDS, what);
  const certs = requireList(fields["certs"], `${what}, certs`);
  const size = certs.length;
  const threshold = requireWhole(fields["threshold"], `${what}, threshold`, 1);
  if (threshold > size || size > MAX_SIZE) {
    throw new MalformedError(`${what}: a threshold of ${threshold} does not go with ${size} trustees`);
  }
  const list = (name: string): readonly Json[] => requireList(fields[name], `${what}, ${name}`, size);
  const [coefexps, signatures, keys] = FIELDS.slice(2).map(list) as [readonly Json[], readonly Json[], readonly Json[]];
  return {
    threshold,
    certificates: certs.map((each, index) => decodeCertificate(each, `${what}, certificate ${index + 1}`)),
    coefficients: coefexps.map((each, index) => decodeCoefficients(each, `${what}, coefficients ${index + 1}`)),
    signatures: signatures.map((each, index) => decodeProof(each, `${what}, signature ${index + 1}`)),
    keys: keys.map((each, index) => decodeTrusteeKey(each, `${what}, key ${index + 1}`)),
  };
}

function ownKeyFrom(powers: readonly (readonly Point[])[], index: number): Point {
  return powers[0]!.reduce((product, _, k) => {
    const total = powers.reduce((sum, row) => add(sum, row[k]!), IDENTITY);
    return add(product, multiplyPublic(total, BigInt(index) ** BigInt(k)));
  }, IDENTITY);
}

function verifyCertificate(certificate: Certificate, size: number, threshold: number, index: number): void {
  if (certificate.size !== size || certificate.threshold !== threshold || certificate.index !== index) {
    throw new VerificationError("the certificate was made for another place, number of trustees or threshold");
  }
  if (samePoint(certificate.verification, IDENTITY) || samePoint(certificate.encryption, IDENTITY)) {
    throw new VerificationError("the certificate holds the identity as a key");
  }
  verifyMessage(certificate.verification, certificate.signed.message, certificate.signed.signature);
}

function jointStatement(certificates: readonly Certificate[], powers: readonly Point[]): string {
  const certs = certificates.map(({ signed }) => ({ message: signed.message, signature: encodeProof(signed.signature) }));
  return `certs_sig|${JSON.stringify({ certs, coefexps: powers.map(encodePoint) })}`;
}

function decodeSigned(value: Json | undefined, what: string): SignedMessage {
  const fields = requireFields(value, ["message", "signature"], what);
  const signature = decodeProof(fields["signature"], `${what}, signature`);
  return { message: requireText(fields["message"], `${what}, message`), signature };
}

function readMessage(signed: SignedMessage, what: string): Json {
  return readJson(toUtf8(signed.message), `${what}, message`);
}

function decodeCertificate(value: Json | undefined, what: string): Certificate {
  const signed = decodeSigned(value, what);
  const fields = requireFields(readMessage(signed, what), ["context", "verification", "encryption"], what);
  const context = requireFields(fields["context"], ["group", "size", "threshold", "index"], `${what}, context`);
  if (context["group"] !== NAME) throw new MalformedError(`${what}: only group ${NAME} is known`);
  return {
    signed,
    size: requireWhole(context["size"], `${what}, size`, 1),
    threshold: requireWhole(context["threshold"], `${what}, threshold`, 1),
    index: requireWhole(context["index"], `${what}, index`, 1),
    verification: decodePoint(fields["verification"], `${what}, verification key`),
    encryption: decodePoint(fields["encryption"], `${what}, encryption key`),
  };
}

function decodeCoefficients(value: Json | undefined, what: string): Coefficients {
  const signed = decodeSigned(value, what);
  const fields = requireFields(readMessage(signed, what), ["coefexps"], what);
  const texts = requireList(fields["coefexps"], `${what}, powers`);
  if (texts.length === 0 || texts.length > MAX_SIZE) {
    throw new MalformedError(`${what}: from 1 to ${MAX_SIZE} powers are expected, there are ${texts.length}`);
  }
  return { signed, powers: texts.map((text) => decodePoint(text, `${what}, power`)) };
}
