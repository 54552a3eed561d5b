/**
 * The public record of a key that trustees made together: certificates, powers, keys.
 *
 * Follows SPEC.md §6; mirrors `crypto/pedersen.py`, `crypto/trustee_key.py` and, for one record, `crypto/trustees.py`.
 */

import { compactJson, readJson, requireFields, requireList, requireText, requireWhole, toUtf8 } from "./encoding.ts";
import { about, MalformedError, VerificationError } from "./errors.ts";
import {
  add, decodePoint, encodePoint, IDENTITY, multiplyBase, multiplyPublic, NAME, type Point, samePoint,
} from "./group.ts";
import type { Json } from "./json.ts";
import { proveKnowledge, signMessage, verifyKnowledge, verifyMessage } from "./knowledge.ts";
import { decodeProof, encodeProof, type Proof, type ProofJson } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

export const MAX_SIZE = 64;

/** A text and its signature; the text is JSON, signed as it stands. */
export interface SignedMessage {
  readonly message: string;
  readonly signature: Proof;
}

export interface SignedJson {
  readonly message: string;
  readonly signature: ProofJson;
}

/** The keys with which a trustee signs and receives during the ceremony. */
export interface Certificate {
  readonly signed: SignedMessage;
  readonly size: number;
  readonly threshold: number;
  /** From 1. */
  readonly index: number;
  readonly verification: Point;
  readonly encryption: Point;
}

/** g to the power of each coefficient of one trustee's polynomial, the constant term first. */
export interface Coefficients {
  readonly signed: SignedMessage;
  readonly powers: readonly Point[];
}

/** What trustees.json holds of one trustee. */
export interface TrusteeKey {
  readonly publicKey: Point;
  readonly pok: Proof;
  readonly signature?: Proof;
  readonly name?: string;
}

export interface TrusteeKeyJson {
  readonly pok: ProofJson;
  readonly public_key: string;
  readonly signature?: ProofJson;
  readonly name?: string;
}

/** A whole record; entry i of each list is of trustee i + 1. */
export interface Trustees {
  readonly threshold: number;
  readonly certificates: readonly Certificate[];
  readonly coefficients: readonly Coefficients[];
  readonly signatures: readonly Proof[];
  readonly keys: readonly TrusteeKey[];
}

/** Sign `text` with the secret of a certificate's `verification` key. */
export function signText(secret: bigint, text: string, rng: Randomness): SignedMessage {
  return { message: text, signature: signMessage(secret, text, rng) };
}

/** Return the text of a certificate. */
export function writeCertificate(
  size: number, threshold: number, index: number, verification: Point, encryption: Point,
): string {
  return JSON.stringify({
    context: { group: NAME, size, threshold, index },
    verification: encodePoint(verification),
    encryption: encodePoint(encryption),
  });
}

/** Return the text in which a trustee publishes its powers. */
export function writeCoefficients(powers: readonly Point[]): string {
  return JSON.stringify({ coefexps: powers.map(encodePoint) });
}

/** Return the text with which a trustee signs all certificates together with its own powers. */
export function writeJointStatement(certificates: readonly Certificate[], powers: readonly Point[]): string {
  const certs = certificates.map((each) => encodeSigned(each.signed));
  return `certs_sig|${JSON.stringify({ certs, coefexps: powers.map(encodePoint) })}`;
}

/** Return the product of powers[k]^(x^k). */
export function evaluatePowers(powers: readonly Point[], x: number): Point {
  return powers.reduce((sum, power, k) => add(sum, multiplyPublic(power, BigInt(x) ** BigInt(k))), IDENTITY);
}

/** Return g^x of trustee `index` (from 1), from everybody's powers. */
export function ownKeyFrom(powers: readonly (readonly Point[])[], index: number): Point {
  return powers.reduce((sum, row) => add(sum, evaluatePowers(row, index)), IDENTITY);
}

/** Return the common key of a record. */
export function commonKey(trustees: Trustees): Point {
  return trustees.coefficients.reduce((sum, each) => add(sum, each.powers[0]!), IDENTITY);
}

/**
 * Raise unless a certificate is signed by its own key and made for this place in this group.
 *
 * @throws VerificationError: it is not.
 */
export function verifyCertificate(certificate: Certificate, size: number, threshold: number, index: number): void {
  if (certificate.size !== size || certificate.threshold !== threshold || certificate.index !== index) {
    throw new VerificationError("the certificate was made for another place, number of trustees or threshold");
  }
  if (samePoint(certificate.verification, IDENTITY) || samePoint(certificate.encryption, IDENTITY)) {
    throw new VerificationError("the certificate holds the identity as a key");
  }
  verifyMessage(certificate.verification, certificate.signed.message, certificate.signed.signature);
}

/**
 * Raise unless trustee `index` (from 1) published as many powers as needed and signed them.
 *
 * @throws VerificationError: another number of powers, or a false signature.
 */
export function verifyCoefficients(
  coefficients: Coefficients, joint: Proof, certificates: readonly Certificate[], index: number,
): void {
  const certificate = certificates[index - 1]!;
  if (coefficients.powers.length !== certificate.threshold) {
    throw new VerificationError("the number of coefficients is not the threshold");
  }
  verifyMessage(certificate.verification, coefficients.signed.message, coefficients.signed.signature);
  verifyMessage(certificate.verification, writeJointStatement(certificates, coefficients.powers), joint);
}

/** Return the public key of `secret`, signed. */
export function makeTrusteeKey(secret: bigint, rng: Randomness, name: string, signingSecret: bigint): TrusteeKey {
  const publicKey = multiplyBase(secret);
  const pok = proveKnowledge(keyPrefix(publicKey), secret, publicKey, rng);
  return { publicKey, pok, signature: signMessage(signingSecret, encodePoint(publicKey), rng), name };
}

/**
 * Raise unless the whole record holds.
 *
 * @throws VerificationError: it does not; the sentence names the trustee by its number.
 */
export function verifyTrustees(trustees: Trustees): void {
  const { certificates, threshold } = trustees;
  const powers = trustees.coefficients.map((each) => each.powers);
  certificates.forEach((certificate, at) => {
    about(`trustee ${at + 1}`, () => {
      verifyCertificate(certificate, certificates.length, threshold, at + 1);
      verifyCoefficients(trustees.coefficients[at]!, trustees.signatures[at]!, certificates, at + 1);
      verifyOwnKey(trustees.keys[at]!, certificate, ownKeyFrom(powers, at + 1));
    });
  });
  if (samePoint(commonKey(trustees), IDENTITY)) throw new VerificationError("the common key is the identity");
}

/** Write trustees.json of one record. */
export function encodeTrustees(trustees: Trustees): Uint8Array {
  return compactJson([
    [
      "Pedersen",
      {
        threshold: trustees.threshold,
        certs: trustees.certificates.map((each) => encodeSigned(each.signed)),
        coefexps: trustees.coefficients.map((each) => encodeSigned(each.signed)),
        signatures: trustees.signatures.map(encodeProof),
        verification_keys: trustees.keys.map(encodeTrusteeKey),
      },
    ],
  ]);
}

/**
 * Read trustees.json that holds one record and nobody beside it; whether it holds is for `verifyTrustees`.
 *
 * @throws MalformedError: it is none, or there are others.
 */
export function decodeTrustees(data: Uint8Array): Trustees {
  const what = "the trustees";
  const [kind, record] = requireList(requireList(readJson(data, what), what, 1)[0], what, 2);
  if (kind !== "Pedersen") throw new MalformedError(`${what}: one record of a common key is expected`);
  const names = ["threshold", "certs", "coefexps", "signatures", "verification_keys"];
  const fields = requireFields(record, names, what);
  const certs = requireList(fields["certs"], `${what}, certs`);
  const threshold = requireWhole(fields["threshold"], `${what}, threshold`, 1);
  if (threshold > certs.length || certs.length > MAX_SIZE) {
    throw new MalformedError(`${what}: a threshold of ${threshold} does not go with ${certs.length} trustees`);
  }
  const list = (name: string) => requireList(fields[name], `${what}, ${name}`, certs.length);
  return {
    threshold,
    certificates: certs.map((each, at) => decodeCertificate(each, `${what}, certificate ${at + 1}`)),
    coefficients: list("coefexps").map((each, at) => decodeCoefficients(each, `${what}, coefficients ${at + 1}`)),
    signatures: list("signatures").map((each, at) => decodeProof(each, `${what}, signature ${at + 1}`)),
    keys: list("verification_keys").map((each, at) => decodeTrusteeKey(each, `${what}, key ${at + 1}`)),
  };
}

/** Write a signed text as documents have it. */
export function encodeSigned(signed: SignedMessage): SignedJson {
  return { message: signed.message, signature: encodeProof(signed.signature) };
}

/** Read a certificate, without checking it. */
export function decodeCertificate(value: Json | undefined, what: string): Certificate {
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

/** Read a trustee's published powers, without checking the signature. */
export function decodeCoefficients(value: Json | undefined, what: string): Coefficients {
  const signed = decodeSigned(value, what);
  const texts = requireList(requireFields(readMessage(signed, what), ["coefexps"], what)["coefexps"], `${what}, powers`);
  if (texts.length === 0 || texts.length > MAX_SIZE) {
    throw new MalformedError(`${what}: from 1 to ${MAX_SIZE} powers are expected, there are ${texts.length}`);
  }
  return { signed, powers: texts.map((text) => decodePoint(text, `${what}, power`)) };
}

/** Write a key as documents have it. */
export function encodeTrusteeKey(key: TrusteeKey): TrusteeKeyJson {
  return {
    pok: encodeProof(key.pok),
    public_key: encodePoint(key.publicKey),
    ...(key.signature ? { signature: encodeProof(key.signature) } : {}),
    ...(key.name === undefined ? {} : { name: key.name }),
  };
}

/** Read a key; whether its proofs hold is for `verifyTrustees`. */
export function decodeTrusteeKey(value: Json | undefined, what: string): TrusteeKey {
  const fields = requireFields(value, ["pok", "public_key"], what, ["signature", "name"]);
  return {
    publicKey: decodePoint(fields["public_key"], `${what}, public key`),
    pok: decodeProof(fields["pok"], `${what}, proof of knowledge`),
    ...("signature" in fields ? { signature: decodeProof(fields["signature"], `${what}, signature`) } : {}),
    ...("name" in fields ? { name: requireText(fields["name"], `${what}, name`) } : {}),
  };
}

function verifyOwnKey(key: TrusteeKey, certificate: Certificate, expected: Point): void {
  if (!samePoint(key.publicKey, expected)) {
    throw new VerificationError("the key does not follow from the published coefficients");
  }
  if (samePoint(key.publicKey, IDENTITY)) throw new VerificationError("the key is the identity, which hides nothing");
  verifyKnowledge(keyPrefix(key.publicKey), key.publicKey, key.pok);
  if (key.signature === undefined) throw new VerificationError("the key is not signed");
  verifyMessage(certificate.verification, encodePoint(key.publicKey), key.signature);
}

function decodeSigned(value: Json | undefined, what: string): SignedMessage {
  const fields = requireFields(value, ["message", "signature"], what);
  const signature = decodeProof(fields["signature"], `${what}, signature`);
  return { message: requireText(fields["message"], `${what}, message`), signature };
}

function readMessage(signed: SignedMessage, what: string): Json {
  return readJson(toUtf8(signed.message), `${what}, message`);
}

function keyPrefix(publicKey: Point): string {
  return `pok|${NAME}|${encodePoint(publicKey)}|`;
}
