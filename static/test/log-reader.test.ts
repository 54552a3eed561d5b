import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { compactJson, toUtf8 } from "../src/crypto/encoding.ts";
import { CryptoError } from "../src/crypto/errors.ts";
import { decodeLogPolicy } from "../src/crypto/log-policy.ts";
import { checkLog } from "../src/verifying/log-checking.ts";
import { nameOf, stemOf } from "../src/verifying/log-origin.ts";
import { openLog, OtherPastError, readEntry, readerAt, readProved, requireContinues } from "../src/verifying/log-reader.ts";
import type { LogAnswer, LogEndedAnswer, LogPlace, LogRequest, LogStepAnswer } from "../src/verifying/log-steps.ts";
import { layout } from "./crypto/tlog.ts";

/** A log of ours: `tests/vote/verifier/log_layout.py` writes it. */
const { file: tlog, policyOf, readerOf } = layout(process.env["LOG_LAYOUT"]!);
const PATHS = [
  "checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000", "tile/entries/001",
  "tile/entries/002.p/88",
];
const ORIGIN = "owners.example/log/2026";
const QUORUM = policyOf({ witnesses: [0, 1], quorum: 2 });
const NOBODY = policyOf({ witnesses: [], quorum: 0 });

async function placeOf(overlay = "none", replaced: Record<string, Uint8Array> = {}): Promise<LogPlace> {
  const read = readerOf({ overlay, delete: [] });
  const files: [string, Blob][] = [];
  for (const path of PATHS) files.push([path, new Blob([new Uint8Array(replaced[path] ?? (await read(path))!)])]);
  return { kind: "files", files };
}

const REQUEST: Omit<LogRequest, "place"> = {
  kind: "log", policy: QUORUM, seen: [], all: true, election: null, box: null, proof: null, tracker: "",
};

async function check(place: LogPlace, request: Partial<LogRequest> = {}): Promise<[LogEndedAnswer, string[], LogAnswer[]]> {
  const told: LogAnswer[] = [];
  const ended = await checkLog({ ...REQUEST, place, ...request }, (answer) => told.push(answer));
  const stands = told.filter((each): each is LogStepAnswer => each.kind === "log-step" && each.status !== "working");
  return [ended, stands.map(({ step, status, detail }) => `${step} ${status} ${detail}`), told];
}

test("a record is right as far as anybody can see, and what is left out is said", async () => {
  const [ended, stands, told] = await check(await placeOf());
  assert.deepEqual(stands, [
    "signed done witnessed", "kept left-out first", "entries done entries", "ballots left-out no-box", "receipt left-out no-proof",
  ]);
  assert.deepEqual([ended.good, ended.note?.origin, ended.note?.size], [true, ORIGIN, 600]);
  assert.deepEqual(told.flatMap((each) => (each.kind === "log-progress" ? [each.count] : [])), [256, 512, 600]);
});

test("a record that grew continues what was seen, without reading all of it", async () => {
  for (const [size, detail] of [["1", "grown"], ["257", "grown"], ["600", "same"]] as const) {
    const [ended, stands] = await check(await placeOf(), { all: false, seen: [[ORIGIN, tlog(`checkpoints/${size}`)]] });
    assert.deepEqual([ended.good, stands[1]], [true, `kept done ${detail}`]);
  }
});

test("a record that shrank or was told differently is found, and what was seen stays", async () => {
  const seen = [[ORIGIN, tlog("checkpoints/600")]] as const;
  const [shrunk, told] = await check(await placeOf("short"), { policy: NOBODY, seen });
  assert.deepEqual([shrunk.good, shrunk.note, told.at(-1)], [false, null, "kept wrong shrunk"]);
  const [changed, stands] = await check(await placeOf("fork"), { seen });
  assert.deepEqual([changed.good, changed.note, stands.at(-1)], [false, null, "kept wrong changed"]);
});

test("a record that began anew is told, and another one is not taken for it", async () => {
  const [, anew] = await check(await placeOf(), { all: false, seen: [["other.example/log/1", tlog("checkpoints/1")]] });
  assert.equal(anew[1], "kept left-out first");
  assert.deepEqual([stemOf("h.example/log/9/2"), stemOf("h.example/log/9"), stemOf("h.example/log/9/12")], Array(3).fill("h.example/log/9"));
  assert.equal(nameOf("https://h.example/log/9/"), "h.example/log/9");
  const [ended, stands] = await check(await placeOf(), { all: false, seen: [[`${ORIGIN}/2`, tlog("checkpoints/1")]] });
  assert.equal(stands[1], "kept left-out anew");
  assert.deepEqual(ended.note?.replaced, [`${ORIGIN}/2`]);
});

test("one changed byte is found, wherever it is", async () => {
  const read = readerOf({ overlay: "none", delete: [] });
  for (const path of PATHS) {
    const data = (await read(path))!;
    for (const at of [0, Math.floor(data.length / 2), data.length - 1]) {
      const changed = data.slice();
      changed[at]! ^= 1;
      const [ended, stands] = await check(await placeOf("none", { [path]: changed }));
      assert.deepEqual([ended.good, / wrong wrong-(signed|entries)$/.test(stands.find((each) => each.includes(" wrong "))!)], [false, true], path);
    }
  }
});

test("an entry of no known kind is found, though the record is signed", async () => {
  const [ended, stands, told] = await check(await placeOf("strange"));
  assert.deepEqual([ended.good, stands.slice(1)], [false, ["kept left-out first", "entries wrong wrong-entries", "receipt left-out no-proof"]]);
  const wrong = told.find((each): each is LogStepAnswer => each.kind === "log-step" && each.status === "wrong");
  assert.match(wrong!.sentence, /^entry 300: its kind is none of those/);
});

test("too few witnesses are told and are no fault; a wrong signature is one", async () => {
  const [ended, stands] = await check(await placeOf(), { policy: policyOf({ witnesses: [0, 1, 2], quorum: 3 }) });
  assert.deepEqual([ended.good, stands[0]], [true, "signed left-out unwitnessed"]);
  const [bad, told] = await check(await placeOf("time"));
  assert.deepEqual([bad.good, told], [false, ["signed wrong wrong-signed"]]);
  const [, missing] = await check({ kind: "files", files: [] });
  assert.deepEqual(missing, ["signed wrong wrong-signed"]);
});

test("a receipt is held against the record, and against the ballot it should be of", async () => {
  const place = await placeOf();
  const proof = tlog("proofs/good.tlog-proof");
  const [ended, stands] = await check(place, { all: false, proof });
  assert.deepEqual([ended.good, stands.at(-1)], [true, "receipt done receipt-ballot"]);
  const [other, told] = await check(place, { all: false, proof, tracker: "A".repeat(43) });
  assert.deepEqual([other.good, told.at(-1)], [false, "receipt wrong receipt-other"]);
  const [, none] = await check(place, { all: false, proof: toUtf8("nothing") });
  assert.equal(none.at(-1), "receipt wrong wrong-receipt");
  const [, forked] = await check(await placeOf("fork"), { all: false, proof });
  assert.equal(forked.at(-1), "receipt wrong changed");
});

test("ballots of the box that are not in the record are missed", async () => {
  const box = (...trackers: string[]): Uint8Array => compactJson({ election: "uuid", trackers, version: 1 });
  const [empty, stands] = await check(await placeOf(), { election: "uuid", box: box() });
  assert.deepEqual([empty.good, stands[3]], [true, "ballots done ballots"]);
  const [ended, told] = await check(await placeOf(), { election: "uuid", box: box("A".repeat(43)) });
  assert.deepEqual([ended.good, told[3]], [false, "ballots wrong wrong-ballots"]);
});

test("over the network one entry costs few requests, and what cannot be fetched is no fault of the record", async () => {
  const asked: string[] = [];
  const read = readerOf({ overlay: "none", delete: [] });
  const server = createServer((request, response) => {
    const path = request.url!.slice("/log/".length);
    asked.push(path);
    if (path === "broken/checkpoint") return void response.writeHead(500).end();
    void read(path).then((data) => response.writeHead(data ? 200 : 404).end(data), () => response.writeHead(404).end());
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
  try {
    const policy = decodeLogPolicy(QUORUM);
    const log = await openLog(readerAt({ kind: "address", address }), policy);
    assert.equal(await requireContinues(log, tlog("checkpoints/257")), 257);
    assert.deepEqual(await readEntry(log, 300), tlog("leaf/300"));
    assert.deepEqual(await readProved(log, tlog("proofs/good.tlog-proof")), tlog("leaf/300"));
    assert.ok(asked.filter((path) => !path.includes("entries")).length <= 6, asked.join(" "));
    await assert.rejects(readEntry(log, 600), CryptoError);
    // A site that gives itself another name is told from one that is seen for the first time.
    const [, renamed] = await check({ kind: "address", address }, { all: false, seen: [[address.slice(7), tlog("checkpoints/1")]] });
    assert.equal(renamed[1], "kept left-out anew");
    const fork = await openLog(readerOf({ overlay: "fork", delete: [] }), policy);
    await assert.rejects(requireContinues(fork, log.note), OtherPastError);
    const broken = await checkLog({ ...REQUEST, place: { kind: "address", address: `${address}/broken` } }, () => {});
    assert.deepEqual([broken.good, broken.note], [null, null]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
