import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compactJson,
  fingerprint,
  hexDigest,
  readJson,
  requireDigest,
  requireFields,
  requireFingerprint,
  requireList,
  requireText,
  requireTruth,
  requireWhole,
  sameBytes,
  toUtf8,
} from "../../src/crypto/encoding.ts";
import { MalformedError } from "../../src/crypto/errors.ts";
import { vectors } from "../vectors.ts";

const known = vectors<{ read: string[]; refused: string[] }>("json");

test("what the other reader reads is read the same", () => {
  for (const text of known.read) {
    assert.deepEqual(JSON.stringify(readJson(toUtf8(text), "x")), JSON.stringify(JSON.parse(text)));
  }
});

test("what the other reader refuses is refused, and so are great numbers", () => {
  for (const text of known.refused) assert.throws(() => readJson(toUtf8(text), "x"), MalformedError, text);
  assert.throws(() => readJson(toUtf8("9007199254740993"), "x"), MalformedError);
});

test("bytes that are not UTF-8 are refused", () => {
  for (const bytes of [[0xff], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]]) {
    assert.throws(() => readJson(Uint8Array.from(bytes), "the thing"), /^MalformedError: the thing: it is not JSON/);
  }
});

test("a key that means something to JavaScript is a key like any other", () => {
  const value = requireFields(readJson(toUtf8('{"__proto__":1,"constructor":2}'), "x"), ["__proto__", "constructor"], "x");
  assert.equal(value["__proto__"], 1);
  assert.throws(() => requireFields(readJson(toUtf8("{}"), "x"), ["constructor"], "x"), MalformedError);
});

test("values of another type are refused", () => {
  assert.throws(() => requireFields([], [], "x"), MalformedError);
  assert.throws(() => requireFields(null, [], "x"), MalformedError);
  assert.throws(() => requireFields({ a: 1, b: 2 }, ["a"], "x"), /unknown field 'b'/);
  assert.deepEqual(requireFields({ a: 1, b: 2 }, ["a"], "x", ["b"]), { a: 1, b: 2 });
  assert.throws(() => requireList({}, "x"), MalformedError);
  assert.throws(() => requireList([1], "x", 2), /2 entries are expected, there are 1/);
  assert.throws(() => requireText(1, "x"), MalformedError);
  assert.throws(() => requireTruth(0, "x"), MalformedError);
  assert.throws(() => requireWhole(true, "x"), MalformedError);
  assert.throws(() => requireWhole(0, "x", 1), MalformedError);
  assert.throws(() => requireDigest("A".repeat(64), "x"), MalformedError);
  assert.throws(() => requireFingerprint("A".repeat(42) + "B", "x"), MalformedError);
  assert.equal(requireFingerprint("A".repeat(43), "x"), "A".repeat(43));
});

test("digests of nothing are the well-known ones", () => {
  const nothing = new Uint8Array();
  assert.equal(hexDigest(nothing), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.equal(fingerprint(nothing), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
  assert.ok(sameBytes(compactJson({ b: 1, a: "善" }), toUtf8('{"b":1,"a":"善"}')));
  assert.ok(!sameBytes(toUtf8("a"), toUtf8("b")) && !sameBytes(toUtf8("a"), toUtf8("aa")));
});
