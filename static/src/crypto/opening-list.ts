/**
 * One trustee's part in opening the single ballots of a named election: a proved factor for each chunk of each ballot.
 *
 * Whoever makes a list has checked that these are the ballots whose total was opened, and that the election is named.
 * Follows SPEC.md §16.1, §16.2; mirrors `crypto/{chunk,opening,opening_list}.py`. Not here: sealing (`sealed-list.ts`).
 */

import type { Ballot } from "./ballot.ts";
import type { Election } from "./election.ts";
import { compactJson, hexDigest, toBase64 } from "./encoding.ts";
import { add, encodePoint, multiply, multiplyBase, type Point } from "./group.ts";
import type { Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";
import { proveEquality } from "./share-equality.ts";

/** What is needed of a ballot that counts. */
export interface CountedBallot {
  readonly tracker: string;
  readonly ballot: Ballot;
}

const CHUNK = 12;
const SCALAR_BYTES = 32;
const DOMAIN = "shanzhi opening 1";

/** Return SHA-256 in hex of the trackers of the ballots that count, in the order of the archive. */
export function effectiveDigest(trackers: readonly string[]): string {
  return hexDigest(compactJson(trackers));
}

/**
 * Return the list of trustee number `owner`, who holds `secret`, as its document.
 *
 * @param onMade is told after each ballot how many are done.
 */
export function makeOpeningList(
  election: Election, owner: number, secret: bigint, ballots: readonly CountedBallot[], rng: Randomness,
  onMade: (done: number) => void = () => undefined,
): Uint8Array {
  const whose = `${DOMAIN}|${election.fingerprint}|${owner}|${encodePoint(multiplyBase(secret))}`;
  const openings = ballots.map(({ tracker, ballot }, at) => {
    const parts = chunkAlphas(ballot).map((alpha, number) => {
      const factor = multiply(alpha, secret);
      const statement = `${tracker}|${number + 1}|${encodePoint(alpha)},${encodePoint(factor)}`;
      return encodeFactor(factor, proveEquality(`${whose}|${statement}|`, secret, alpha, rng));
    });
    onMade(at + 1);
    return parts.join("");
  });
  const digest = effectiveDigest(ballots.map(({ tracker }) => tracker));
  return compactJson({ ballots: digest, election: election.fingerprint, openings, owner, version: 1 });
}

/** Return α of each chunk: Π α_j^(2^j) of up to twelve choices in a row. */
function chunkAlphas(ballot: Ballot): Point[] {
  const row = ballot.answers.flatMap((answer) => answer.choices.map(({ alpha }) => alpha));
  const chunks: Point[] = [];
  for (let at = 0; at < row.length; at += CHUNK) {
    chunks.push(row.slice(at, at + CHUNK).reduceRight((total, point) => add(add(total, total), point)));
  }
  return chunks;
}

/** A factor takes a multiple of three bytes, so its text never ends in padding. */
function encodeFactor(factor: Point, { challenge, response }: Proof): string {
  const data = new Uint8Array(3 * SCALAR_BYTES);
  data.set(factor.toBytes());
  data.set(littleEndian(challenge), SCALAR_BYTES);
  data.set(littleEndian(response), 2 * SCALAR_BYTES);
  return toBase64(data);
}

function littleEndian(number: bigint): Uint8Array {
  return Uint8Array.from({ length: SCALAR_BYTES }, (_, at) => Number((number >> BigInt(8 * at)) & 255n));
}
