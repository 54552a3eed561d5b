/**
 * Puts the shares together and says whether a result is what was sealed.
 *
 * Follows SPEC.md §7.4; mirrors `crypto/result.py`.
 */

import { compactJson, readJson, requireFields, requireList, sameBytes } from "./encoding.ts";
import { CryptoError, MalformedError, VerificationError } from "./errors.ts";
import { add, IDENTITY, multiplyBase, multiplyPublic, ORDER, type Point, reduce, samePoint, subtract } from "./group.ts";
import type { Factors } from "./share-check.ts";
import type { EncryptedTally } from "./tally.ts";
import { type Group, labelOf, ownersOf } from "./trustees.ts";
import { decodeWeight, encodeWeight } from "./weight.ts";

/** For each question the sum of weights of each choice. */
export type Totals = readonly (readonly bigint[])[];

/** Too few good shares. */
export class ThresholdError extends CryptoError {
  override readonly name = "ThresholdError";
}

/**
 * Return the factors of the election's key, from good shares by owner number.
 *
 * @throws ThresholdError: too few; the sentence names whose are missing.
 */
export function combineShares(groups: readonly Group[], shares: ReadonlyMap<number, Factors>): Factors {
  let combined: Point[][] | null = null;
  for (const { owners, needed } of ownersOf(groups)) {
    const used = owners.filter((owner) => shares.has(owner)).slice(0, needed);
    if (used.length < needed) {
      const absent = owners.filter((owner) => !shares.has(owner)).map((owner) => labelOf(groups, owner));
      throw new ThresholdError(
        `${needed} good shares of ${owners.length} are needed here, there are ${used.length}; missing: ${absent.join(", ")}`,
      );
    }
    const indices = used.map((owner) => owner - owners[0]! + 1);
    used.forEach((owner, position) => {
      const coefficient = lagrangeCoefficient(indices[position]!, indices);
      const powers = shares.get(owner)!.map((row) => row.map((factor) => multiplyPublic(factor, coefficient)));
      combined = combined?.map((row, index) => row.map((each, column) => add(each, powers[index]![column]!))) ?? powers;
    });
  }
  return combined ?? [];
}

/** Return the number with which the share of `index` counts, among those of all `indices`, at zero, mod q. */
export function lagrangeCoefficient(index: number, indices: readonly number[]): bigint {
  let [numerator, denominator] = [1n, 1n];
  for (const other of indices) {
    if (other !== index) {
      numerator = reduce(numerator * BigInt(other));
      denominator = reduce(denominator * BigInt(other - index));
    }
  }
  return reduce(numerator * inverse(denominator));
}

/**
 * Raise unless `totals` are the numbers that were sealed.
 *
 * @throws MalformedError: not one number for each choice.
 * @throws VerificationError: a number is above `totalWeight`, or is not what was sealed.
 */
export function verifyResult(tally: EncryptedTally, factors: Factors, totals: Totals, totalWeight: bigint): void {
  if (totals.length !== tally.length || totals.some((row, index) => row.length !== tally[index]!.length)) {
    throw new MalformedError("the result has not one number for each choice of each question");
  }
  totals.forEach((row, question) => {
    row.forEach((total, choice) => {
      const what = `the result, question ${question + 1}, choice ${choice + 1}`;
      if (total > totalWeight) {
        throw new VerificationError(`${what}: the number is not between 0 and the total weight of ${totalWeight}`);
      }
      const opened = subtract(tally[question]![choice]!.beta, factors[question]?.[choice] ?? IDENTITY);
      if (!samePoint(multiplyBase(total), opened)) {
        throw new VerificationError(`${what}: ${total} is not what the ballots add up to`);
      }
    });
  });
}

/**
 * Read a result.
 *
 * @throws MalformedError: not one, or not in the one spelling.
 */
export function decodeResult(data: Uint8Array): Totals {
  const what = "the result";
  const fields = requireFields(readJson(data, what), ["result"], what);
  const totals = requireList(fields["result"], what).map((row, index) =>
    requireList(row, what).map((total) => decodeWeight(total, `${what}, question ${index + 1}`)),
  );
  if (!sameBytes(compactJson({ result: totals.map((row) => row.map(encodeWeight)) }), data)) {
    throw new MalformedError(`${what}: not in the one spelling of a result`);
  }
  return totals;
}

function inverse(number: bigint): bigint {
  let [power, base, result] = [ORDER - 2n, number, 1n];
  for (; power > 0n; power >>= 1n) {
    if (power & 1n) result = reduce(result * base);
    base = reduce(base * base);
  }
  return result;
}
