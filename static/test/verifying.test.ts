import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { readArchive } from "../src/crypto/archive.ts";
import { auditArchive } from "../src/crypto/audit.ts";
import { compactJson, fingerprint, toUtf8 } from "../src/crypto/encoding.ts";
import { CryptoError } from "../src/crypto/errors.ts";
import {
  decodeBox, decodeSetAside, decodeShareProofs, findBase, unpack, verifyBox, verifyPublished, verifyWeights,
} from "../src/verifying/beside.ts";
import { open } from "../src/verifying/opening.ts";
import { placesOf } from "../src/verifying/places.ts";
import { isReceipt, readReceipt } from "../src/verifying/receipt.ts";
import type { Files, StepAnswer } from "../src/verifying/steps.ts";

const ROOT = join(process.env["REPOSITORY"] ?? "..", "tests/vectors/belenios");
const PACKED = new Uint8Array(gunzipSync(readFileSync(join(ROOT, "packed/Ed25519-packed/Ddp2RtfN1U8EFV.bel.gz"))));
const ALONE: Omit<Files, "archive"> = { manifest: null, shareProofs: null, result: null, box: null, setAside: null, receipt: "" };
const refused = (check: () => unknown, what: RegExp): void =>
  assert.throws(check, (error) => error instanceof CryptoError && what.test(error.message));

function steps(files: Partial<Files>): [ReturnType<typeof open>, Map<string, StepAnswer>] {
  const told = new Map<string, StepAnswer>();
  return [open({ ...ALONE, archive: PACKED, ...files }, (each) => told.set(each.step, each)), told];
}

test("a lone archive is checked as far as it goes, and what is left out is said", () => {
  const [opened, told] = steps({});
  assert.equal(opened.good, true);
  const stands = [...told].map(([step, { status, detail }]) => `${step} ${status} ${detail}`);
  assert.deepEqual(stands, [
    "archive done archive", "setup done setup", "manifest left-out no-manifest", "box left-out no-box", "sum done sum",
    "shares left-out shares-alone", "result done ", "published left-out no-result", "own left-out no-receipt",
  ]);
  const [offset, length] = opened.places[0]!;
  assert.deepEqual(PACKED.slice(offset, offset + length), readArchive(PACKED).ballots[0]);
});

test("one's own ballot is found by number and by what its words stand for, and its place among one's own told", () => {
  const { ballots } = readArchive(PACKED);
  const number = fingerprint(ballots.at(-1)!);
  const [, told] = steps({ receipt: number });
  assert.match(told.get("own")!.detail, /^own-(counts|superseded)$/);
  const hex = Buffer.from(`${number}=`, "base64").subarray(0, 8).toString("hex");
  assert.deepEqual(steps({ receipt: hex })[1].get("own"), told.get("own"));
});

test("a ballot that is nowhere is told, and does not make the archive wrong", () => {
  const [opened, told] = steps({ receipt: "A".repeat(43) });
  assert.equal(told.get("own")!.status, "wrong");
  assert.equal(opened.good, true);
  const uuid = opened.uuid;
  const out = compactJson({ election: uuid, set_aside: [{ kind: "x", tracker: "A".repeat(43) }], version: 1 });
  assert.equal(steps({ receipt: "A".repeat(43), setAside: out })[1].get("own")!.detail, "own-set-aside");
});

test("the first thing that is wrong ends it", () => {
  const [opened, told] = steps({ archive: PACKED.slice(0, -512) });
  assert.equal(opened.good, false);
  assert.deepEqual([...told.keys()], ["archive"]);
  assert.equal(told.get("archive")!.status, "wrong");
});

test("another manifest is refused", () => {
  const [opened, told] = steps({ manifest: toUtf8("{}") });
  assert.equal(opened.good, false);
  assert.match(told.get("manifest")!.detail, /this is not the sealed manifest/);
});

test("the description line tells how totals are read", () => {
  const line = `善治 manifest sha256=${"0".repeat(64)} base=10000 total=area_dm2*base+heads`;
  assert.equal(findBase(line), 10000n);
  for (const wrong of ["", `${line} `, line.replace("10000", "10010"), line.replace("base=", "base=0")]) {
    assert.equal(findBase(wrong), null);
  }
  assert.deepEqual(unpack(8937_0003n, 10000n), { heads: 3n, areaDm2: 8937n });
});

test("the box holds the archive's ballots in order, without those that were set aside", () => {
  const uuid = "DQB53CqA1UtMwz";
  const [a, b, c] = ["A", "B", "C"].map((each) => each + "A".repeat(42)) as [string, string, string];
  const listed = (...trackers: string[]): Uint8Array => compactJson({ election: uuid, trackers, version: 1 });
  assert.deepEqual(decodeBox(listed(a, b), uuid), [a, b]);
  refused(() => decodeBox(compactJson({ version: 1, election: uuid, trackers: [a, b] }), uuid), /not in canonical spelling/);
  refused(() => decodeBox(listed(a, b, a), uuid), /ballot 3: it stands there as ballot 1 already/);
  refused(() => decodeBox(compactJson({ version: 1, election: "other", trackers: [] }), uuid), /another election/);
  refused(() => decodeBox(compactJson({ version: 2, election: uuid, trackers: [] }), uuid), /version 1/);
  refused(() => decodeSetAside(compactJson({ version: 1, election: uuid, set_aside: [a] }), uuid), /an object is expected/);
  verifyBox([a, b, c], [b], [a, c], true);
  verifyBox([a, b, c], [], [], false);
  refused(() => verifyBox([a, b, c], [], [a, c], true), /box.json, ballot 2: it is neither in the archive/);
  refused(() => verifyBox([a, b, c], [], [a], true), /ballot 2: .*; and 1 more$/);
  refused(() => verifyBox([a, b], [], [b, a], true), /event 1 \(Ballot\): box.json has another ballot/);
  refused(() => verifyBox([a], [], [a, b], true), /event 2 \(Ballot\): it is not in box.json/);
  refused(() => verifyBox([a], [], [b], false), /event 1 \(Ballot\): it is not in box.json/);
  refused(() => verifyBox([a, b], [b], [a, b], true), /event 2 \(Ballot\): by set-aside.json/);
  refused(() => verifyBox([a], [b], [a], true), /it is not in box.json/);
});

test("each owner weighs an area and one head", () => {
  assert.deepEqual(verifyWeights(new Map([["a", 89_01n], ["b", 103_01n]]), 100n), { heads: 2n, areaDm2: 192n });
  for (const weight of [89_02n, 1n, 89_00n]) {
    refused(() => verifyWeights(new Map([["a", 89_01n], ["b", weight]]), 100n), /^credential 2 of the list: its weight/);
  }
  const many = new Map(Array.from({ length: 10 }, (_, index) => [String(index), 11n]));
  refused(() => verifyWeights(many, 10n), /too many for base 10/);
});

test("published figures are those that were opened", () => {
  const { setup, totals, castWeight } = auditArchive(readArchive(PACKED));
  const base = 256n;
  const split = (total: bigint): object => ({ heads: Number(total % base), area_dm2: Number(total / base) });
  const result = (change: (fields: Record<string, any>) => void): Uint8Array => {
    const sealed = setup.election.questions;
    const questions = totals!.map((row, at) => ({
      text: sealed[at]!.text, choices: row.map((total, place) => ({ text: sealed[at]!.answers[place], ...split(total) })),
    }));
    const fields = { election: setup.election.uuid, base: 256, cast: split(castWeight), questions };
    change(fields);
    return compactJson(fields);
  };
  const check = (data: Uint8Array): unknown => verifyPublished(data, setup, totals!, castWeight, base);
  check(result(() => undefined));
  refused(() => check(result((each) => (each["election"] = "other"))), /another election/);
  refused(() => check(result((each) => (each["base"] = 1000))), /base is not 256/);
  refused(() => check(result((each) => (each["cast"].heads += 1))), /result.json, cast: heads/);
  refused(() => check(result((each) => (each["questions"][0].choices[1].area_dm2 -= 1))), /question 1, choice 2: area_dm2/);
  refused(() => check(result((each) => each["questions"].pop())), /entries are expected/);
  refused(() => check(result((each) => (each["questions"][0].text = "?"))), /^result.json, question 1, text: it says \?/);
  const swap = (choices: any[]): void => void ([choices[0].text, choices[1].text] = [choices[1].text, choices[0].text]);
  refused(() => check(result((each) => swap(each["questions"][0].choices))), /^result.json, question 1, choice 1, text/);
});

test("extra proofs name their trustees once, and only those who came", () => {
  const write = (...trustees: number[]): Uint8Array =>
    compactJson({ version: 1, election: "x", proofs: trustees.map((trustee) => ({ trustee, proof: "{}" })) });
  assert.deepEqual([...decodeShareProofs(write(1, 3), "x", new Set([1, 3])).keys()], [1, 3]);
  refused(() => decodeShareProofs(write(1, 1), "x", new Set([1])), /has a proof already/);
  refused(() => decodeShareProofs(write(2), "x", new Set([1])), /no share of trustee 2/);
  refused(() => decodeShareProofs(write(), "y", new Set()), /another election/);
});

test("a receipt is read in both ways", () => {
  const lists = { first: "青白红黄", second: "竹鹭桥茶" };
  assert.equal(readReceipt("", lists), "");
  assert.equal(readReceipt("青竹·白鹭 红桥、黄茶", lists), "0000010102020303");
  assert.equal(readReceipt("青竹白鹭红桥", lists), null);
  assert.equal(readReceipt("竹青·白鹭·红桥·黄茶", lists), null);
  const number = fingerprint(toUtf8("ballot"));
  assert.equal(readReceipt(` ${number.slice(0, 20)} ${number.slice(20)}`, lists), number);
  assert.equal(readReceipt(number.slice(1), lists), null);
  assert.equal(isReceipt(number, number), true);
  assert.equal(isReceipt(number, "0000010102020303"), false);
});

test("the places of a sentence are told in the reader's words", () => {
  const say = (key: string, { n }: { n: string }): string => (key === "comma" ? "，" : `${key}=${n}`);
  assert.equal(placesOf("event 7 (Ballot): question 2, choice 1: no", say), "place-ballot=7，place-question=2，place-choice=1");
  assert.equal(placesOf("event 0 (Setup): credential 4 of the list: no", say), "place-event=0，place-credential=4");
  assert.equal(placesOf("box.json, ballot 4: no", say), "place-listed=4，place-file=box.json");
  assert.equal(placesOf("something else", say), "");
});
