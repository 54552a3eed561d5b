import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { decodeCheckpoint, encodeCheckpoint, openCheckpoint } from "../../src/crypto/checkpoint.ts";
import { ed25519Message, splitCosignature } from "../../src/crypto/cosigned-message.ts";
import { requireBase64, requireDecimal, toBase64, toUtf8 } from "../../src/crypto/encoding.ts";
import { CryptoError, MalformedError, VerificationError } from "../../src/crypto/errors.ts";
import { decodeLogPolicy, isMet, openByPolicy } from "../../src/crypto/log-policy.ts";
import { decodeLogProof } from "../../src/crypto/log-proof.ts";
import { EMPTY_ROOT, verifyConsistency, verifyInclusion } from "../../src/crypto/merkle.ts";
import { decodeNote, decodeVerifierKey, encodeVerifierKey, MAX_SIGNATURES, signersOf } from "../../src/crypto/note.ts";
import { bundlesOf, decodeBundle, edgeTiles, entriesPath, parseTilePath, tilePath } from "../../src/crypto/tile.ts";
import { tlog, tlogJson } from "./tlog.ts";

const SEED = new Uint8Array(32).fill(7);
const NAME = "log.example/1";
const KEYS = tlogJson<{ log: string; witnesses: string[] }>("keys.json");
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const refuse = (check: () => unknown): void => assert.throws(check, CryptoError);

function vkey(type: number, seed = SEED, name = NAME): string {
  const typed = concatBytes(Uint8Array.of(type), ed25519.getPublicKey(seed));
  return `${name}+${bytesToHex(sha256(concatBytes(toUtf8(`${name}\n`), typed)).subarray(0, 4))}+${toBase64(typed)}`;
}

function line(key: string, blob: Uint8Array): string {
  const [name, id] = key.split("+");
  return `\u2014 ${name} ${toBase64(concatBytes(hexToBytes(id!), blob))}\n`;
}

function signed(body: string): Uint8Array {
  return toUtf8(`${body}\n${line(vkey(1), ed25519.sign(toUtf8(body), SEED))}`);
}

const ROOT = toBase64(new Uint8Array(32));
const body = (size: string, root = ROOT): string => `${NAME}\n${size}\n${root}\n`;
const LOG = decodeVerifierKey(vkey(1));

test("a checkpoint of a known log opens, and is written as it was read", () => {
  const found = openCheckpoint(signed(body("600")), LOG);
  assert.equal(found.size, 600);
  assert.equal(encodeCheckpoint(found), body("600"));
  refuse(() => openCheckpoint(signed(body("600").replace(NAME, "log.example/2")), LOG));
});

const NO_NUMBERS = {
  "a plus sign": "+600", "an underscore": "6_00", "a blank before": " 600", "a blank behind": "600 ", "fullwidth digits": "６００",
  "an exponent": "6e2", "a fraction": "600.0", "hex": "0x258", "nothing": "", "a leading zero": "0600", "a minus": "-1",
  "minus zero": "-0", "infinity": "Infinity", "a BigInt's mark": "600n", "a tab": "\t600", "above 2^53": "9007199254740993",
  "above 2^63": "9223372036854775808", "a NUL": "600\0", "U+2028 behind": "600\u2028", "U+FEFF before": "\ufeff600",
};
for (const [name, size] of Object.entries(NO_NUMBERS)) {
  test(`a size with ${name} is no size`, () => {
    assert.throws(() => requireDecimal(size, "x"), MalformedError);
    assert.throws(() => openCheckpoint(signed(body(size)), LOG), MalformedError);
  });
}

test("sizes beyond 32 bits are counted as they are, up to 2^53 - 1", () => {
  for (const size of ["4294967296", "4294967297", "9007199254740991"]) {
    assert.equal(openCheckpoint(signed(body(size)), LOG).size, Number(size));
  }
});

const NO_BASE64 = {
  "a blank inside, which atob drops": `${ROOT.slice(0, 8)} ${ROOT.slice(8)}`, "a blank behind": `${ROOT} `, "a tab": `\t${ROOT}`,
  "no padding, which atob forgives": ROOT.slice(0, -1), "bits that nobody reads": `${ROOT.slice(0, -2)}B=`,
  "the alphabet of URLs": ROOT.replace("AAAA", "A-_A"), "a foreign character": ROOT.replace("AAAA", "AA!A"),
  "too much padding": `${ROOT}=`, "padding inside": `AA==${ROOT.slice(4)}`, "a carriage return": `${ROOT}\r`,
  "31 bytes": toBase64(new Uint8Array(31)), "33 bytes": toBase64(new Uint8Array(33)), "nothing": "", "hex": "00".repeat(32),
};
for (const [name, root] of Object.entries(NO_BASE64)) {
  test(`a root with ${name} is no root`, () => assert.throws(() => openCheckpoint(signed(body("600", root)), LOG), MalformedError));
}

test("every Base64 has one spelling", () => {
  for (const good of ["", "AA==", "AAA=", "AAAA", "+/+/"]) assert.equal(toBase64(requireBase64(good, "x")), good);
  for (const bad of ["A", "AB==", "AAB=", "=AAA", "A===", "AA=A", "AA", "A A=", "AAAA\n"]) refuse(() => requireBase64(bad, "x"));
});

test("U+2028, U+2029 and U+0085 end no line", () => {
  const extension = "an extension\u2028with\u2029all\u0085three\ufeff";
  assert.deepEqual(openCheckpoint(signed(`${body("600")}${extension}\n`), LOG).extensions, [extension]);
  assert.throws(() => decodeCheckpoint(body("600").replaceAll("\n", "\u2028")), MalformedError);
});

test("an extension line is not empty, and a checkpoint has three lines", () => {
  refuse(() => openCheckpoint(signed(`${body("600")}\nx\n`), LOG));
  refuse(() => openCheckpoint(signed(`${NAME}\n600\n`), LOG));
  refuse(() => openCheckpoint(signed(`\n600\n${ROOT}\n`), LOG));
});

test("the log without entries has one root", () => {
  assert.equal(decodeCheckpoint(body("0", toBase64(EMPTY_ROOT))).size, 0);
  assert.throws(() => decodeCheckpoint(body("0")), MalformedError);
});

test("a byte order mark is not dropped", () => {
  const note = tlog("log/checkpoint");
  assert.equal(decodeNote(concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), note)).text[0], "\ufeff");
  refuse(() => openCheckpoint(concatBytes(Uint8Array.of(0xef, 0xbb, 0xbf), note), decodeVerifierKey(KEYS.log)));
});

test("bytes that are not UTF-8 are not replaced", () => {
  for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80]]) {
    refuse(() => decodeNote(concatBytes(toUtf8("a\n"), Uint8Array.from(bytes), tlog("log/checkpoint"))));
  }
});

test("carriage returns and other control characters make no note", () => {
  const note = text(tlog("log/checkpoint"));
  for (const bad of [note.replaceAll("\n", "\r\n"), `\t${note}`, `\0${note}`, `${note}\x1f`]) refuse(() => decodeNote(toUtf8(bad)));
});

test("a note without its last line feed, without signatures, or with lines behind them is none", () => {
  const note = text(tlog("log/checkpoint"));
  for (const bad of [note.slice(0, -1), `${note}\n`, `${note}x\n`, body("600"), `${body("600")}\n`, "", "\n\n", "a\n\n\n"]) {
    refuse(() => decodeNote(toUtf8(bad)));
  }
});

test("text and signatures are parted at the last empty line", () => {
  const parted = signed("one\n\ntwo\n");
  assert.equal(decodeNote(parted).text, "one\n\ntwo\n");
  assert.equal(signersOf(decodeNote(parted), [LOG]).length, 1);
});

test("the dash of a signature is U+2014 and no other, and blanks do not double", () => {
  const note = text(tlog("log/checkpoint"));
  for (const dash of ["- ", "\u2013 ", "\u2014", "\u2014\u00a0", "\u2014  "]) {
    refuse(() => decodeNote(toUtf8(note.replaceAll("\u2014 ", dash))));
  }
});

test("a name has no blank of Unicode and no plus", () => {
  for (const blank of ["\u00a0", "\u0085", "\u2028", "\u3000", "\u1680"]) {
    refuse(() => decodeNote(toUtf8(`a\n\n\u2014 na${blank}me AAAAAAA=\n`)));
  }
  refuse(() => decodeNote(toUtf8("a\n\n\u2014 na+me AAAAAAA=\n")));
  refuse(() => decodeNote(toUtf8("a\n\n\u2014  AAAAAAA=\n")));
  // U+FEFF is none, though `\s` says so.
  assert.equal(decodeNote(toUtf8("a\n\n\u2014 na\ufeffme AAAAAAA=\n")).signatures[0]!.name, "na\ufeffme");
});

test("a signature is longer than its key id", () => {
  refuse(() => decodeNote(toUtf8("a\n\n\u2014 name AAAAAA==\n")));
  refuse(() => decodeNote(toUtf8("a\n\n\u2014 name\n")));
});

test("sixteen signatures and more are read, but not without end", () => {
  const many = (count: number): Uint8Array => toUtf8(`a\n\n${"\u2014 name AAAAAAA=\n".repeat(count)}`);
  assert.equal(decodeNote(many(MAX_SIGNATURES)).signatures.length, MAX_SIGNATURES);
  refuse(() => decodeNote(many(MAX_SIGNATURES + 1)));
  refuse(() => decodeNote(new Uint8Array(1_000_001).fill(0x61)));
});

test("an unknown key is ignored even with the name or the id of a known one; a known one must hold", () => {
  const good = text(signed("a\n"));
  const [name, id] = vkey(1).split("+") as [string, string];
  const grease = line(`${name}+00000000+`, SEED) + line(`other+${id}+`, SEED);
  assert.equal(signersOf(decodeNote(toUtf8(good + grease)), [LOG]).length, 1);
  assert.throws(() => signersOf(decodeNote(toUtf8(good + line(vkey(1), new Uint8Array(64)))), [LOG]), VerificationError);
  assert.throws(() => signersOf(decodeNote(toUtf8(good + line(vkey(1), new Uint8Array(63)))), [LOG]), VerificationError);
});

test("a log's signature never passes for a cosignature, nor the other way", () => {
  const cosigned = concatBytes(new Uint8Array(8), ed25519.sign(ed25519Message("a\n", 0n), SEED));
  const witness = decodeVerifierKey(vkey(4));
  assert.equal(signersOf(decodeNote(toUtf8(`a\n\n${line(vkey(4), cosigned)}`)), [witness]).length, 1);
  refuse(() => signersOf(decodeNote(toUtf8(`a\n\n${line(vkey(1), cosigned)}`)), [LOG]));
  const plain = ed25519.sign(toUtf8("a\n"), SEED);
  refuse(() => signersOf(decodeNote(toUtf8(`a\n\n${line(vkey(4), plain)}`)), [witness]));
});

test("a time of a cosignature beyond 2^53 is held exactly, and one beyond 2^63 is none", () => {
  const blob = (time: bigint): Uint8Array => {
    const data = new Uint8Array(72);
    new DataView(data.buffer).setBigUint64(0, time);
    return data;
  };
  assert.equal(splitCosignature(blob(2n ** 53n + 1n))[0], 2n ** 53n + 1n);
  assert.equal(text(ed25519Message("a\n", 2n ** 53n + 1n)), "cosignature/v1\ntime 9007199254740993\na\n");
  refuse(() => splitCosignature(blob(2n ** 63n)));
  refuse(() => splitCosignature(new Uint8Array(8)));
});

test("the id of a verifier key belongs to name and key, and its key to somebody", () => {
  assert.equal(encodeVerifierKey(LOG), vkey(1));
  const [name, id, key] = vkey(1).split("+") as [string, string, string];
  const small = (data: Uint8Array): string => {
    const typed = concatBytes(Uint8Array.of(1), data);
    return `${NAME}+${bytesToHex(sha256(concatBytes(toUtf8(`${NAME}\n`), typed)).subarray(0, 4))}+${toBase64(typed)}`;
  };
  const identity = Uint8Array.of(1, ...new Uint8Array(31));
  for (const bad of [
    `${name}x+${id}+${key}`, `${name}+${id.toUpperCase()}0+${key}`, `${name}+${id}+${key}=`, vkey(2), vkey(5), `${name}+${id}`,
    small(identity), small(new Uint8Array(32)), small(new Uint8Array(31)), ` ${vkey(1)}`, `${vkey(1)}\n`,
  ]) {
    refuse(() => decodeVerifierKey(bad));
  }
});

test("a policy names each key and each member once, and nothing before it is defined", () => {
  const [w0, w1] = [vkey(4, new Uint8Array(32).fill(9)), vkey(4, new Uint8Array(32).fill(8), "w.example")];
  const read = (...lines: string[]): ReturnType<typeof decodeLogPolicy> => decodeLogPolicy(toUtf8(lines.map((each) => `${each}\n`).join("")));
  const known = [`witness a ${w0}`, `witness b ${w1} https://b.example/`];
  const policy = read("# 善治", "", ` log\t${vkey(1)} `, ...known, "group g all a b", "quorum g");
  assert.deepEqual([isMet(policy, ["a"]), isMet(policy, ["a", "a"]), isMet(policy, ["b", "a"]), isMet(policy, ["g"])], [false, false, true, false]);
  assert.equal(isMet(read(...known, "group g any a b", "quorum g"), ["b"]), true);
  assert.equal(isMet(read("quorum none"), []), true);
  for (const bad of [
    [], ["quorum a"], ["quorum none", "quorum none"], [...known, "group g 0 a", "quorum g"], [...known, "group g 3 a b", "quorum g"],
    [...known, "group g 1 a a", "quorum g"], [...known, "group g 1 a", "group h 1 a b", "quorum h"], [...known, "group g 1 c", "quorum g"],
    [...known, "group a 1 b", "quorum a"], [...known, "group g 01 a b", "quorum g"], [...known, "group g 1e0 a b", "quorum g"],
    [...known, "group none 1 a", "quorum none"], [...known, "group g 1 none", "quorum g"], ["group g 1", "quorum none"],
    [`witness a ${w0}`, `witness c ${w0}`, "quorum none"], [`log ${w0}`, "quorum none"], [`witness a ${vkey(1)}`, "quorum none"],
    [`log ${vkey(1)}`, `log ${vkey(1)}`, "quorum none"], ["quorum none x"], ["quorum\u00a0none"], ["other", "quorum none"],
    [`log ${vkey(1, SEED)}`, `witness a ${vkey(4, SEED)}`, "quorum none"],
  ]) {
    refuse(() => read(...bad));
  }
  refuse(() => decodeLogPolicy(toUtf8("quorum none")));
  refuse(() => decodeLogPolicy(toUtf8("quorum none\r\n")));
  refuse(() => openByPolicy(read("quorum none"), signed(body("600"))));
});

test("a receipt has one spelling", () => {
  const good = text(tlog("proofs/good-extra.tlog-proof"));
  assert.equal(decodeLogProof(toUtf8(good)).index, 300);
  for (const bad of [
    good.replace("@v1", "@v2"), good.replace("index 300", "index 0300"), good.replace("index 300", "index 3e2"),
    good.replace("index 300", "index  300"), good.replace("extra ", "Extra "), `\n${good}`, `\ufeff${good}`, good.replace(/\n\n/, "\n"),
    good.replace(/extra .*\n/, "extra \n"), good.replaceAll("\n", "\r\n"), good.replace(/\n(.{43}=)\n/, "\n$1 \n"),
    good.replace(/\n(.{43}=)\n/, `\n${"$1\n".repeat(64)}`), "", "c2sp.org/tlog-proof@v1\n\n",
  ]) {
    refuse(() => decodeLogProof(toUtf8(bad)));
  }
});

test("a path has one spelling", () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), "tile/0/x001/x234/067");
  assert.deepEqual(parseTilePath("tile/entries/273.p/112"), { index: 273, width: 112 });
  assert.equal(entriesPath({ index: 273, width: 112 }), "tile/entries/273.p/112");
  assert.deepEqual(edgeTiles(70_000).map(tilePath), ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
  assert.deepEqual(edgeTiles(0), []);
  assert.deepEqual([...bundlesOf(257)], [{ index: 0, width: 256 }, { index: 1, width: 1 }]);
  for (const bad of [
    "tile/00/000", "tile/64/000", "tile/0/0", "tile/0/x000/000", "tile/0/001/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01",
    "tile/0/000.p/257", "tile/entries", "/tile/0/000", "tile/0/000/", "tile/+1/000", "tile/0/０００", "tile/0/000\n",
    `tile/0/${"x999/".repeat(5)}999`,
  ]) {
    refuse(() => parseTilePath(bad));
  }
  for (const bad of [{ level: -1, index: 0, width: 1 }, { level: 0, index: 0.5, width: 1 }, { level: 0, index: 0, width: NaN }]) {
    refuse(() => tilePath(bad));
  }
});

test("a bundle has exactly its entries, whose lengths come most significant byte first", () => {
  const long = new Uint8Array(2 + 256 + 2);
  long[0] = 1;
  assert.deepEqual(decodeBundle(long, 2).map((each) => each.length), [256, 0]);
  refuse(() => decodeBundle(long, 1));
  refuse(() => decodeBundle(long, 3));
  refuse(() => decodeBundle(long.subarray(0, -1), 2));
  refuse(() => decodeBundle(Uint8Array.of(0, 2, 1), 1));
});

test("proofs of trees beyond 32 bits are not cut", () => {
  const hash = new Uint8Array(32);
  assert.throws(() => verifyInclusion(hash, 0, 2 ** 33 + 1, [hash], hash), /leaf 0 is not what the root/);
  assert.throws(() => verifyInclusion(hash, 2 ** 33, 2 ** 33, [], hash), /beyond/);
  assert.throws(() => verifyInclusion(hash, NaN, 5, [], hash), /beyond/);
  assert.throws(() => verifyInclusion(hash, 2 ** 32, 2 ** 32 + 2, [], hash), /is not what/);
  assert.throws(() => verifyConsistency(2 ** 32, hash, 2 ** 32 + 1, hash, []), /are not what they were/);
  refuse(() => verifyConsistency(5, hash, 4, hash, []));
  refuse(() => verifyConsistency(1, hash, 2, hash, [new Uint8Array(31)]));
});
