/**
 * The public list of voters' keys: distinct, none the identity, each with a weight.
 *
 * Follows SPEC.md §4; mirrors the list of `crypto/credential.py`.
 */

import { readJson, requireList, requireText } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { decodePoint, decodeScalar, IDENTITY, samePoint } from "./group.ts";

/**
 * Read the list: "key" (weight 1) or "key,weight"; the weights by key, in order.
 *
 * @throws MalformedError: an entry is none, or its key is the identity or stands twice.
 * @throws VerificationError: a key is a point outside the group.
 */
export function decodePublicCredentials(data: Uint8Array): ReadonlyMap<string, bigint> {
  const weights = new Map<string, bigint>();
  const positions = new Map<string, number>();
  requireList(readJson(data, "the credentials"), "the credentials").forEach((value, index) => {
    const what = `credential ${index + 1} of the list`;
    const text = requireText(value, what);
    const comma = text.indexOf(",");
    const key = comma < 0 ? text : text.slice(0, comma);
    if (samePoint(decodePoint(key, what), IDENTITY)) {
      throw new MalformedError(`${what}: the key is the identity, for which anybody can sign`);
    }
    const first = positions.get(key);
    if (first !== undefined) throw new MalformedError(`${what}: the same key stands at position ${first} already`);
    positions.set(key, index + 1);
    weights.set(key, comma < 0 ? 1n : decodeScalar(text.slice(comma + 1), `${what}, weight`));
  });
  return weights;
}
