/**
 * Checks one trustee's part in opening a sealed sum: the proofs of protocol 1, and those that our tools add.
 *
 * Follows SPEC.md §7.2 and §7.3; mirrors the checking half of `crypto/share.py`.
 */

import type { Election } from "./election.ts";
import { hexDigest, readJson, requireFields, requireList, requireWhole } from "./encoding.ts";
import { verifyEquality } from "./equality.ts";
import { about, MalformedError, VerificationError } from "./errors.ts";
import { decodePoint, encodePoint, type Point } from "./group.ts";
import type { Json } from "./json.ts";
import { decodeProof, type Proof } from "./proof.ts";
import { countChoices } from "./question.ts";
import type { EncryptedTally } from "./tally.ts";

/** For each question α^x of each choice. */
export type Factors = readonly (readonly Point[])[];

interface DecryptionShare {
  readonly factors: Factors;
  readonly proofs: readonly (readonly Proof[])[];
}

/**
 * Return the factors of a share, after checking the proofs of protocol 1 against the trustee's key.
 *
 * @throws MalformedError: the share is none.
 * @throws VerificationError: a proof does not hold; the sentence names question and choice.
 */
export function verifyShare(election: Election, key: Point, tally: EncryptedTally, data: Uint8Array): Factors {
  const share = decodeShare(election, data);
  const prefix = `decrypt|${election.fingerprint}|${encodePoint(key)}|`;
  eachCell(tally, share, (what, alpha, _, factor, proof) => {
    about(what, () => verifyEquality(prefix, key, alpha, factor, proof));
  });
  return share.factors;
}

/**
 * Raise unless `document` proves that every factor of `share` was made with the secret of the trustee's key.
 *
 * @throws MalformedError: the share or the document is none.
 * @throws VerificationError: the document is of another share, or a proof does not hold.
 */
export function verifyExtraProof(
  election: Election, owner: number, key: Point, tally: EncryptedTally, share: Uint8Array, document: Uint8Array,
): void {
  const what = "the extra proof";
  const fields = requireFields(readJson(document, what), ["version", "election", "owner", "share", "proofs"], what);
  if (requireWhole(fields["version"], `${what}, version`) !== 1) {
    throw new MalformedError(`${what}: only version 1 is known`);
  }
  const owned = requireWhole(fields["owner"], `${what}, owner`);
  if (fields["election"] !== election.fingerprint || owned !== owner || fields["share"] !== hexDigest(share)) {
    throw new VerificationError(`${what}: it was made for another election, trustee or share`);
  }
  const proofs = decodeRows(election, fields["proofs"], what, decodeProof);
  const { factors } = decodeShare(election, share);
  eachCell(tally, { factors, proofs }, (cell, alpha, beta, factor, proof) => {
    const statement = [alpha, beta, factor].map(encodePoint).join(",");
    const prefix = `shanzhi share proof 1|${election.fingerprint}|${owner}|${encodePoint(key)}|${statement}|`;
    about(`${what}, ${cell}`, () => verifyEquality(prefix, key, alpha, factor, proof));
  });
}

function decodeShare(election: Election, data: Uint8Array): DecryptionShare {
  const what = "the share";
  const fields = requireFields(readJson(data, what), ["decryption_factors", "decryption_proofs"], what);
  return {
    factors: decodeRows(election, fields["decryption_factors"], `${what}, factors`, decodePoint),
    proofs: decodeRows(election, fields["decryption_proofs"], `${what}, proofs`, decodeProof),
  };
}

function eachCell(
  tally: EncryptedTally,
  share: DecryptionShare,
  check: (what: string, alpha: Point, beta: Point, factor: Point, proof: Proof) => void,
): void {
  tally.forEach((row, question) => {
    row.forEach(({ alpha, beta }, choice) => {
      const what = `question ${question + 1}, choice ${choice + 1}`;
      check(what, alpha, beta, share.factors[question]![choice]!, share.proofs[question]![choice]!);
    });
  });
}

function decodeRows<T>(
  election: Election, value: Json | undefined, what: string, decode: (value: Json | undefined, what: string) => T,
): T[][] {
  const rows = requireList(value, what, election.questions.length);
  return election.questions.map((question, index) => {
    const name = `${what}, question ${index + 1}`;
    return requireList(rows[index], name, countChoices(question)).map((each) => decode(each, name));
  });
}
