import assert from "node:assert/strict";
import { test } from "node:test";
import { MalformedError, VerificationError } from "../../src/crypto/errors.ts";
import {
  add,
  BASE,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  FIELD,
  hashToScalar,
  IDENTITY,
  multiply,
  multiplyBase,
  multiplyPublic,
  multiplySum,
  ORDER,
  powersOf,
  randomScalar,
  readPoint,
  samePoint,
  subtract,
  tabulate,
} from "../../src/crypto/group.ts";
import { seeded, vectors } from "../vectors.ts";

interface GroupVectors {
  powers: { number: string; point: string }[];
  outside: string[];
  malformed: string[];
  numbers_malformed: string[];
  challenge: { prefix: string; points: string[]; number: string };
}
const known = vectors<GroupVectors>("group");

test("powers of the base are those of the other implementation", () => {
  for (const { number, point } of known.powers) {
    assert.equal(encodePoint(multiplyBase(BigInt(number))), point);
    assert.equal(encodePoint(multiplyPublic(BASE, BigInt(number))), point);
    assert.ok(samePoint(decodePoint(point), multiplyBase(BigInt(number))));
  }
});

test("the base starts with its last byte of RFC 8032, and the identity is 1", () => {
  assert.equal(encodePoint(BASE), "66".repeat(31) + "58");
  assert.equal(encodePoint(IDENTITY), "0".repeat(63) + "1");
  assert.ok(samePoint(decodePoint("0".repeat(63) + "1"), IDENTITY));
});

test("points of small or mixed order, off the curve, or of two spellings are refused", () => {
  assert.equal(known.outside.length, 13);
  for (const text of known.outside) assert.throws(() => decodePoint(text), VerificationError, text);
});

test("spellings of points that are not canonical are refused", () => {
  for (const text of known.malformed) assert.throws(() => decodePoint(text), MalformedError, text);
  for (const value of [undefined, null, 7, [], true]) assert.throws(() => decodePoint(value), MalformedError);
});

test("spellings of numbers that are not canonical are refused", () => {
  for (const text of known.numbers_malformed) assert.throws(() => decodeScalar(text), MalformedError, text);
  for (const value of [undefined, null, 7, []]) assert.throws(() => decodeScalar(value), MalformedError);
  for (const number of [0n, 1n, ORDER - 1n]) assert.equal(decodeScalar(encodeScalar(number)), number);
});

test("the challenge is the one of the other implementation", () => {
  const { prefix, points, number } = known.challenge;
  const decoded = points.map((point) => decodePoint(point));
  assert.equal(hashToScalar(prefix, decoded), BigInt(number));
});

test("powers add up, with and without tables, and zero and the identity are handled", () => {
  const rng = seeded(1);
  const point = multiplyBase(randomScalar(rng));
  const [m, n] = [randomScalar(rng), randomScalar(rng)];
  const product = add(multiply(point, m), multiply(point, n));
  assert.ok(samePoint(product, multiply(point, m + n)));
  assert.ok(samePoint(multiplySum(point, m, point, n), product));
  assert.ok(samePoint(subtract(product, multiply(point, n)), multiply(point, m)));
  tabulate(point);
  assert.ok(samePoint(product, multiply(point, m + n)));
  assert.ok(samePoint(product, multiplyPublic(point, m + n)));
  for (const zero of [0n, ORDER, -ORDER]) assert.ok(samePoint(multiply(point, zero), IDENTITY));
  assert.ok(samePoint(multiply(point, -1n), subtract(IDENTITY, point)));
  assert.ok(samePoint(multiply(IDENTITY, m), IDENTITY));
  assert.ok(samePoint(multiplySum(point, 0n, IDENTITY, n), IDENTITY));
});

test("powers that share their doublings are the same, for numbers of every kind", () => {
  const rng = seeded(2);
  const numbers = [
    0n, 1n, 2n, 15n, 16n, 17n, 31n, 32n, 33n, ORDER - 1n, ORDER - 2n, ORDER, 2n ** 252n, 2n ** 252n - 1n, 2n ** 200n - 1n,
    ...Array.from({ length: 20 }, () => randomScalar(rng)),
  ];
  for (const point of [BASE, multiplyBase(7n), IDENTITY]) {
    powersOf(point, numbers).forEach((power, index) => {
      assert.ok(samePoint(power, multiply(point, numbers[index]!)), String(numbers[index]));
    });
  }
});

test("powers are taken of members alone", () => {
  for (const text of known.outside.slice(0, 11)) {
    assert.throws(() => powersOf(readPoint(text), []), VerificationError, text);
  }
});

test("a number is drawn from 64 bytes, little-endian, and is never zero", () => {
  assert.equal(randomScalar(() => new Uint8Array(64)), 1n);
  assert.equal(randomScalar((size) => Uint8Array.from({ length: size }, (_, at) => (at === 1 ? 1 : 0))), 257n);
  assert.ok(randomScalar((size) => new Uint8Array(size).fill(255)) < ORDER);
  assert.ok(FIELD > ORDER);
});
