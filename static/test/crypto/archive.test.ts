import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { looksLikeArchive, readArchive } from "../../src/crypto/archive.ts";
import { auditArchive } from "../../src/crypto/audit.ts";
import { compactJson, hexDigest, toUtf8 } from "../../src/crypto/encoding.ts";
import { CryptoError } from "../../src/crypto/errors.ts";
import { lagrangeCoefficient } from "../../src/crypto/result.ts";
import { effectivePositions } from "../../src/crypto/tally.ts";
import { readMembers } from "../../src/crypto/tar.ts";
import { decodeWeight, encodeWeight } from "../../src/crypto/weight.ts";
import { foreign } from "../vectors.ts";

const ROOT = join(process.env["REPOSITORY"] ?? "..", "tests/vectors/belenios");
const load = (name: string): Uint8Array => {
  const data = readFileSync(join(ROOT, name));
  return new Uint8Array(name.endsWith(".gz") ? gunzipSync(data) : data);
};
const BY_TOOL = load("by-tool-ed25519/DQB53CqA1UtMwz.bel");
const PACKED = load("packed/Ed25519-packed/Ddp2RtfN1U8EFV.bel.gz");

test("an archive that belenios-tool made is right, its threshold group included", () => {
  const found = auditArchive(readArchive(BY_TOOL));
  assert.deepEqual(found.totals, [[67338n, 41335n, 29850n, 31229n, 8650n], [49700n, 0n, 69874n]]);
  assert.deepEqual(found.faults, []);
});

test("an archive with packed weights is right", () => {
  const found = auditArchive(readArchive(PACKED));
  assert.equal(found.totals?.length, found.setup.election.questions.length);
  assert.equal(found.ballots >= found.effective, true);
});

interface Case {
  readonly case: string;
  readonly our_verifier_should: string;
}
const cases = foreign<{ readonly cases: readonly Case[] } | readonly Case[]>("negative/manifest.json");
for (const each of Array.isArray(cases) ? cases : (cases as { cases: readonly Case[] }).cases) {
  test(`the whole election ${each.case}: ${each.our_verifier_should}`, () => {
    const data = load(`negative/${each.case}/NegativeCaseUU.bel.gz`);
    const check = (): unknown => auditArchive(readArchive(data));
    if (/^(accept|pass)/.test(each.our_verifier_should)) assert.ok(check());
    else assert.throws(check, CryptoError);
  });
}

/** Return an archive whose ends may be anything: member `number` (from 1) has one byte changed, its name made to fit. */
function tampered(data: Uint8Array, number: number): Uint8Array {
  const member = [...readMembers(data)][number - 1]!;
  const changed = data.slice();
  const at = member.body.byteOffset - data.byteOffset + (member.body.length >> 1);
  changed[at] = changed[at]! ^ 1;
  return changed;
}

test("whatever byte of whatever member is changed is noticed, and the member is named", () => {
  const count = [...readMembers(BY_TOOL)].length;
  for (let number = 2; number <= count; number++) {
    assert.throws(() => readArchive(tampered(BY_TOOL, number)), (error) =>
      error instanceof CryptoError && error.message.startsWith(`member ${number} `));
  }
});

test("members that are left out, moved or added are noticed", () => {
  const ends = [...readMembers(BY_TOOL)].map(({ body }) => body.byteOffset - BY_TOOL.byteOffset + Math.ceil(body.length / 512) * 512);
  const part = (from: number, to: number): Uint8Array => BY_TOOL.slice(from ? ends[from - 1]! : 0, ends[to - 1]!);
  const join2 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
  const all = ends.length;
  // A ballot is two members: the set-up has four documents and an event after the head.
  for (const [what, data] of Object.entries({
    "a ballot is left out": join2(part(0, 6), part(8, all)),
    "two ballots change places": join2(part(0, 6), part(8, 10), part(6, 8), part(10, all)),
    "a ballot stands twice": join2(part(0, 8), part(6, all)),
    "the head is left out": part(1, all),
    "the end is cut": BY_TOOL.slice(0, -1),
    "something follows": join2(BY_TOOL, part(0, 1)),
    "zeros follow": join2(BY_TOOL, new Uint8Array(1024)),
    "documents without their event": part(0, 7),
    "no set-up": part(0, 1),
    nothing: new Uint8Array(0),
  })) {
    assert.throws(() => readArchive(data), CryptoError, what);
  }
});

test("an archive may end after any event", () => {
  const ends = [...readMembers(BY_TOOL)].map(({ body, name }) => ({
    end: body.byteOffset - BY_TOOL.byteOffset + Math.ceil(body.length / 512) * 512,
    event: name.endsWith(".event.json"),
  }));
  for (const { end, event } of ends) {
    const data = BY_TOOL.slice(0, end);
    if (event) assert.ok(readArchive(data));
    else assert.throws(() => readArchive(data), CryptoError);
  }
});

test("a forged result, chained as a writer would, is refused by its own step", () => {
  const members = [...readMembers(PACKED)];
  const event = JSON.parse(new TextDecoder().decode(members.at(-1)!.body)) as { parent: string; height: number };
  const archive = readArchive(PACKED);
  const totals = (JSON.parse(new TextDecoder().decode(archive.result!)) as { result: number[][] }).result;
  totals[0]![0]! += 1;
  const result = compactJson({ result: totals });
  assert.equal(event.height > 0, true);
  assert.throws(() => auditArchive({ ...archive, result }), /event Result: the result, question 1, choice 1: \d+ is not what/);
});

test("what looks like an archive", () => {
  assert.equal(looksLikeArchive(BY_TOOL), true);
  assert.equal(looksLikeArchive(toUtf8("%PDF-1.7")), false);
});

test("weights have one spelling", () => {
  assert.equal(decodeWeight("1073741824"), 1073741824n);
  assert.equal(encodeWeight(2n ** 30n), "1073741824");
  assert.equal(encodeWeight(2n ** 30n - 1n), 1073741823);
  for (const wrong of ["7", "01073741824", -1, 2 ** 30, null, true]) assert.throws(() => decodeWeight(wrong), CryptoError);
});

test("the last ballot of a credential counts", () => {
  assert.deepEqual(effectivePositions(["a", "b", "a"]), [1, 2]);
});

test("coefficients add up to the value at zero", () => {
  // f(x) = 5 + 3x: f(1) = 8, f(3) = 14.
  const [one, three] = [lagrangeCoefficient(1, [1, 3]), lagrangeCoefficient(3, [1, 3])];
  assert.equal((8n * one + 14n * three) % (2n ** 252n + 27742317777372353535851937790883648493n), 5n);
  assert.equal(hexDigest(toUtf8("")).length, 64);
});
