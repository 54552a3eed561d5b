/** Vectors that other programs made: the Python code (`tests/front/vectors.py`) and those under `tests/vectors`. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@noble/hashes/sha2.js";
import { shake256 } from "@noble/hashes/sha3.js";
import { concatBytes } from "@noble/hashes/utils.js";
import { toUtf8 } from "../src/crypto/encoding.ts";
import type { Randomness } from "../src/crypto/randomness.ts";

/** The root of the repository, which whoever runs the tests names. */
const REPOSITORY = process.env["REPOSITORY"] ?? "..";

/** Return a vector file that the Python code wrote. */
export function vectors<T>(name: string): T {
  return JSON.parse(readFileSync(join(REPOSITORY, "static/test/vectors", `${name}.json`), "utf8")) as T;
}

/** Return a file of `tests/vectors/belenios`. */
export function foreign<T>(path: string): T {
  return JSON.parse(readFileSync(join(REPOSITORY, "tests/vectors/belenios", path), "utf8")) as T;
}

/** Return the repeatable randomness of `tests/strategies.py`: SHAKE-256 over the seed and a counter. */
export function seeded(seed: number): Randomness {
  let count = 0;
  return (size) => {
    count += 1;
    return shake256(toUtf8(`${seed}|${count}`), { dkLen: size });
  };
}

/** Return a number from 0 below `bound` of a seeded draw, for properties. */
export function pick(rng: Randomness, bound: number): number {
  const [a, b, c] = sha256(concatBytes(rng(8), toUtf8("pick")));
  return ((a! << 16) | (b! << 8) | c!) % bound;
}
