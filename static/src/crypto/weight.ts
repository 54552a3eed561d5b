/**
 * How documents write weights, and the totals made of them: a JSON number below 2^30, from there a decimal string.
 *
 * Follows SPEC.md §4; mirrors `crypto/weight.py`.
 */

import { MalformedError } from "./errors.ts";
import { decodeScalar } from "./group.ts";
import type { Json } from "./json.ts";

export const LARGEST_NUMBER = 2 ** 30 - 1;

/** Write a weight or a total as documents have it. */
export function encodeWeight(weight: bigint): number | string {
  return weight <= BigInt(LARGEST_NUMBER) ? Number(weight) : weight.toString();
}

/**
 * Read a weight or a total, zero included.
 *
 * @throws MalformedError: not a whole number from 0 below q in its one spelling.
 */
export function decodeWeight(value: Json | undefined, what = "weight"): bigint {
  if (typeof value === "string") {
    const weight = decodeScalar(value, what);
    if (weight <= BigInt(LARGEST_NUMBER)) {
      throw new MalformedError(`${what}: up to ${LARGEST_NUMBER} a number is expected, not a string`);
    }
    return weight;
  }
  if (typeof value !== "number" || value < 0 || value > LARGEST_NUMBER) {
    throw new MalformedError(`${what}: a whole number from 0 to ${LARGEST_NUMBER} is expected, or above that a string`);
  }
  return BigInt(value);
}
