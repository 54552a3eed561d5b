/**
 * Adds up the ballots that count, still sealed, each as often as its credential weighs.
 *
 * Of several ballots with one credential the last counts. Follows SPEC.md §7.1; mirrors `crypto/tally.py`.
 */

import type { Election } from "./election.ts";
import { type Ciphertext, encodeCiphertext, multiplyCiphertexts } from "./elgamal.ts";
import { compactJson } from "./encoding.ts";
import { add, IDENTITY, type Point } from "./group.ts";
import { countChoices } from "./question.ts";

/** For each question a ciphertext for each choice. */
export type EncryptedTally = readonly (readonly Ciphertext[])[];

/** The sealed choices of one ballot, and what it weighs. */
export interface Weighted {
  readonly choices: EncryptedTally;
  readonly weight: bigint;
}

/** Return where the ballots that count stand, rising, given the credential of each ballot in order. */
export function effectivePositions(credentials: readonly string[]): number[] {
  const last = new Map(credentials.map((credential, position) => [credential, position]));
  return [...last.values()].sort((left, right) => left - right);
}

/** Return the sealed sum of ballots, each with its weight. */
export function sumBallots(election: Election, ballots: readonly Weighted[]): EncryptedTally {
  const weights = ballots.map(({ weight }) => weight);
  return election.questions.map((question, row) =>
    Array.from({ length: countChoices(question) }, (_, column) => ({
      alpha: sumPoints(ballots.map(({ choices }) => choices[row]![column]!.alpha), weights),
      beta: sumPoints(ballots.map(({ choices }) => choices[row]![column]!.beta), weights),
    })),
  );
}

/** Return the sum of two sums of the same election. */
export function addTallies(left: EncryptedTally, right: EncryptedTally): EncryptedTally {
  return left.map((row, index) => row.map((each, column) => multiplyCiphertexts(each, right[index]![column]!)));
}

/** Write the sealed sum as an archive has it. */
export function encodeTally(tally: EncryptedTally): Uint8Array {
  return compactJson(tally.map((row) => row.map(encodeCiphertext)));
}

/** All points to their powers, multiplied: bit by bit from the highest, so that every doubling serves all of them. */
function sumPoints(points: readonly Point[], weights: readonly bigint[]): Point {
  let bits = 0;
  for (const weight of weights) bits = Math.max(bits, weight.toString(2).length);
  let sum = IDENTITY;
  for (let bit = BigInt(bits) - 1n; bit >= 0n; bit--) {
    sum = add(sum, sum);
    points.forEach((point, index) => {
      if ((weights[index]! >> bit) & 1n) sum = add(sum, point);
    });
  }
  return sum;
}
