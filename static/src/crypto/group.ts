/**
 * The group of the protocol: the prime-order subgroup of Ed25519, identity included.
 *
 * * In documents a point is its 32 bytes of RFC 8032 reversed, in lowercase hex.
 * * `decodePoint` checks spelling, curve and membership. `readPoint` leaves membership to `powersOf`, which checks it of every
 *   point that it is given, so a point that is read and then raised to powers has been checked once, not twice.
 * * `multiply` and `multiplyBase` take secret numbers: they run the same operations whatever the number.
 *   `multiplyPublic` and `multiplySum` do not, and are for what everybody may know.
 * * JavaScript's whole numbers are not constant-time themselves; see docs/decisions/0015-scripts.md.
 *
 * Follows SPEC.md §2; mirrors `crypto/group.py`.
 */

import { mulAddUnsafe, normalizeZ } from "@noble/curves/abstract/curve.js";
import type { EdwardsPoint } from "@noble/curves/abstract/edwards.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { toUtf8 } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { Randomness } from "./randomness.ts";

export type Point = EdwardsPoint;

export const NAME = "Ed25519";
/** q: the prime order of the group (RFC 8032 §5.1). */
export const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
/** p: the prime of the field of coordinates. */
export const FIELD = 2n ** 255n - 19n;
export const IDENTITY: Point = ed25519.Point.ZERO;
/** g: the standard base point. */
export const BASE: Point = ed25519.Point.BASE;

const POINT_TEXT = /^[0-9a-f]{64}$/;
const SCALAR_TEXT = /^(?:0|[1-9][0-9]{0,76})$/;
const COORDINATE = (1n << 255n) - 1n;
/** Bits of a window: sealing is quickest so, tables included. */
const WINDOW = 6;
/** Bits of a digit of a public power, and how many doublings such digits of a number up to q reach. */
const DIGIT_BITS = 5n;
const DIGIT = 32;
const CHAIN = 254;

/** Reads a point of a document: `decodePoint` or `readPoint`. */
export type PointReader = (text: Json | undefined, what?: string) => Point;

/**
 * Read 64 hex digits as an element of the group.
 *
 * @throws MalformedError: not in canonical spelling.
 * @throws VerificationError: a point outside the group: not on the curve, or of small or mixed order.
 */
export function decodePoint(text: Json | undefined, what = "point"): Point {
  const point = readPoint(text, what);
  if (!point.isTorsionFree()) throw new VerificationError(`${what}: not an element of the group`);
  return point;
}

/**
 * Read 64 hex digits as a point of the curve, without asking whether it is in the group.
 *
 * Only for points that `powersOf` gets before anything depends on them.
 *
 * @throws MalformedError: not in canonical spelling.
 * @throws VerificationError: not on the curve.
 */
export function readPoint(text: Json | undefined, what = "point"): Point {
  if (typeof text !== "string" || !POINT_TEXT.test(text)) {
    throw new MalformedError(`${what}: 64 lowercase hex digits are expected`);
  }
  if ((BigInt(`0x${text}`) & COORDINATE) >= FIELD) throw new MalformedError(`${what}: the coordinate is not below p`);
  try {
    return ed25519.Point.fromBytes(hexToBytes(text).reverse());
  } catch {
    throw new VerificationError(`${what}: not an element of the group`);
  }
}

/** Write a point as documents have it. */
export function encodePoint(point: Point): string {
  return bytesToHex(point.toBytes().reverse());
}

/** Whether two points are the same. */
export function samePoint(left: Point, right: Point): boolean {
  return left.equals(right);
}

/**
 * Read a decimal string below q without leading zero.
 *
 * @throws MalformedError: anything else.
 */
export function decodeScalar(text: Json | undefined, what = "number"): bigint {
  if (typeof text !== "string" || !SCALAR_TEXT.test(text)) {
    throw new MalformedError(`${what}: a decimal string without leading zero is expected`);
  }
  const number = BigInt(text);
  if (number >= ORDER) throw new MalformedError(`${what}: not below the order of the group`);
  return number;
}

/** Write a number mod q as documents have it. */
export function encodeScalar(number: bigint): string {
  return number.toString();
}

/** Return `number` mod q, from 0. */
export function reduce(number: bigint): bigint {
  const rest = number % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

/** Draw a number mod q, not zero; 512 bits are reduced, so the bias is below 2^-250. */
export function randomScalar(rng: Randomness): bigint {
  const drawn = rng(64);
  const number = BigInt(`0x${bytesToHex(drawn.slice().reverse())}`);
  drawn.fill(0);
  return (number % (ORDER - 1n)) + 1n;
}

/** Return the product of two group elements, in multiplicative terms. */
export function add(left: Point, right: Point): Point {
  return left.add(right);
}

/** Return `left` divided by `right`, in multiplicative terms. */
export function subtract(left: Point, right: Point): Point {
  return left.subtract(right);
}

/** Make a table of a point of which many powers are needed; `multiply` uses it from then on. */
export function tabulate(point: Point): void {
  if (!samePoint(point, BASE) && !samePoint(point, IDENTITY)) point.precompute(WINDOW, false);
}

/** Return `point` to the power of a number that may be secret. */
export function multiply(point: Point, scalar: bigint): Point {
  const reduced = reduce(scalar);
  if (reduced === 0n || point.is0()) return IDENTITY;
  return point.multiply(reduced);
}

/** Return g to the power of a number that may be secret. */
export function multiplyBase(scalar: bigint): Point {
  return multiply(BASE, scalar);
}

/** Return `point` to the power of a number that everybody may know. */
export function multiplyPublic(point: Point, scalar: bigint): Point {
  return point.multiplyUnsafe(reduce(scalar));
}

/** Return left^m · right^n for numbers that everybody may know. */
export function multiplySum(left: Point, m: bigint, right: Point, n: bigint): Point {
  return mulAddUnsafe(ed25519.Point, [left, right], [reduce(m), reduce(n)]);
}

/**
 * Return `point` to each of some powers that everybody may know, after checking that it is in the group.
 *
 * All powers share one chain of doublings (Yao 1976, with signed odd digits).
 *
 * @throws VerificationError: `point` is outside the group.
 */
export function powersOf(point: Point, scalars: readonly bigint[]): Point[] {
  const chain = [point];
  while (chain.length <= CHAIN) chain.push(chain[chain.length - 1]!.double());
  if (!powerOf(chain, ORDER).is0()) throw new VerificationError("a point is not an element of the group");
  return scalars.map((scalar) => powerOf(chain, reduce(scalar)));
}

/** Return the power of the first point of a chain in which each is the double of the one before. */
function powerOf(chain: readonly Point[], scalar: bigint): Point {
  const sums: (Point | undefined)[] = new Array(DIGIT / 4).fill(undefined);
  let rest = scalar;
  for (let at = 0; rest > 0n; ) {
    if (rest & 1n) {
      const low = Number(rest & (BigInt(DIGIT) - 1n));
      const digit = low > DIGIT / 2 ? low - DIGIT : low;
      const index = (Math.abs(digit) - 1) / 2;
      const term = digit < 0 ? chain[at]!.negate() : chain[at]!;
      const sum = sums[index];
      sums[index] = sum === undefined ? term : sum.add(term);
      rest -= BigInt(digit);
      rest >>= DIGIT_BITS;
      at += Number(DIGIT_BITS);
    } else {
      rest >>= 1n;
      at += 1;
    }
  }
  // Σ (2k+1)·sums[k] = 2·Σ k·sums[k] + Σ sums[k], the former as a sum of sums.
  let running = IDENTITY;
  let weighted = IDENTITY;
  for (let index = sums.length - 1; index > 0; index--) {
    const sum = sums[index];
    if (sum !== undefined) running = running.add(sum);
    weighted = weighted.add(running);
  }
  const first = sums[0];
  return weighted.double().add(first === undefined ? running : running.add(first));
}

/** Return the challenge H(prefix, P1..Pn): SHA-256 of the prefix and the points joined by commas, mod q. */
export function hashToScalar(prefix: string, points: readonly Point[]): bigint {
  // One inversion for all of them.
  const affine = normalizeZ(ed25519.Point, [...points]);
  const digest = sha256(toUtf8(prefix + affine.map(encodePoint).join(",")));
  return BigInt(`0x${bytesToHex(digest)}`) % ORDER;
}
