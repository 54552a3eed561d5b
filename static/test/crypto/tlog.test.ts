import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import { sameBytes, toUtf8 } from "../../src/crypto/encoding.ts";
import { CryptoError, VerificationError } from "../../src/crypto/errors.ts";
import { decodeLogPolicy, openByLogs, openByPolicy, cosignersOf } from "../../src/crypto/log-policy.ts";
import { verifyLogProof } from "../../src/crypto/log-proof.ts";
import { leafHash, nodeHash, rootOfHashes, verifyConsistency, verifyInclusion } from "../../src/crypto/merkle.ts";
import { decodeVerifierKey, decodeNote, signersOf } from "../../src/crypto/note.ts";
import {
  consistencyProof, inclusionProof, readBundle, rootOf, tileAt, verifiedBundles, type Reader,
} from "../../src/crypto/tile-tree.ts";
import { type Case, policyOf, readerOf, tlog, tlogJson } from "./tlog.ts";

const CASES = tlogJson<Case[]>("cases.json");

/** What a case asks; raises if it does not verify. */
async function judge(given: Case): Promise<void> {
  const { cmd, args } = given;
  const [read, policy] = [readerOf(given), decodeLogPolicy(policyOf(given))];
  const file = (name: string): Uint8Array => tlog(args[args.indexOf(name) + 1]!.slice(1));
  if (cmd === "proof") return void verifyLogProof(tlog(args.at(-1)!.slice(1)), file("-leaf"), policy);
  const { size, root } = openByPolicy(policy, (await read("checkpoint"))!);
  if (cmd === "audit") {
    for await (const entries of verifiedBundles(size, root, read)) assert.ok(entries.length > 0);
  } else if (cmd === "entry") {
    const index = Number(args[args.indexOf("-index") + 1]);
    const { width } = tileAt(0, Math.floor(index / 256), size);
    const entry = (await readBundle({ index: Math.floor(index / 256), width }, read))[index % 256]!;
    verifyInclusion(entry, index, size, await inclusionProof(index, size, read), root);
    if (args.includes("-want") && !sameBytes(entry, file("-want"))) throw new VerificationError("another entry");
  } else if (cmd === "consistency") {
    const old = openByLogs(policy, decodeNote(file("-old")));
    if (old.size > size) throw new VerificationError("the log shrank");
    verifyConsistency(old.size, old.root, size, root, await consistencyProof(old.size, size, read));
  }
}

test("there are all cases", () => {
  assert.equal(CASES.length, 52);
  assert.deepEqual([...new Set(CASES.map(({ cmd }) => cmd))].sort(), ["audit", "checkpoint", "consistency", "entry", "proof"]);
});

for (const each of CASES) {
  test(`case ${each.name} ${each.ok ? "verifies" : "is refused"}`, async () => {
    if (each.ok) await judge(each);
    else await assert.rejects(judge(each), CryptoError);
  });
}

test("a tile at the right edge that was altered is named", async () => {
  const read = readerOf({ overlay: "", delete: [] });
  const { size, root } = openByPolicy(decodeLogPolicy(tlog("policy")), (await read("checkpoint"))!);
  for (const altered of ["tile/0/002.p/88", "tile/1/000.p/2"]) {
    const lying: Reader = async (path) => {
      const data = (await read(path))?.slice() ?? null;
      if (data && path === altered) data[40]! ^= 1;
      return data;
    };
    await assert.rejects(verifiedBundles(size, root, lying).next(), { message: new RegExp(`^${altered}: its hashes`) });
  }
  await assert.rejects(verifiedBundles(size, root.slice().fill(0), read).next(), /do not have the root/);
});

interface Trees {
  leaves_hex: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { old: number; new: number; proof: string[] }[];
}

test("trees have the roots and proofs of RFC 6962", () => {
  const trees = tlogJson<Trees>("rfc6962.json");
  const leaves = trees.leaves_hex.map((each) => hexToBytes(each));
  const roots = trees.roots.map((each) => hexToBytes(each));
  roots.forEach((root, size) => assert.deepEqual(rootOfHashes(leaves.slice(0, size).map(leafHash)), root));
  for (const { index, size, proof } of trees.inclusion) {
    verifyInclusion(leaves[index]!, index, size, proof.map((each) => hexToBytes(each)), roots[size]!);
    assert.throws(() => verifyInclusion(leaves[index]!, index + 1, size, proof.map((each) => hexToBytes(each)), roots[size]!));
  }
  for (const { old, new: newer, proof: written } of trees.consistency) {
    const proof = written.map((each) => hexToBytes(each));
    verifyConsistency(old, roots[old]!, newer, roots[newer]!, proof);
    const longer = [...proof, new Uint8Array(32)];
    assert.throws(() => verifyConsistency(old, roots[old]!, newer, roots[newer]!, longer), CryptoError);
  }
});

test("proofs and roots from tiles are those of every size, also where levels meet", async () => {
  const hashes = Array.from({ length: 66_000 }, (_, index) => sha256(toUtf8(`${index}`)));
  const level1 = Array.from({ length: 257 }, (_, index) => rootOfHashes(hashes.slice(index * 256, index * 256 + 256)));
  const levels = [hashes, level1, [rootOfHashes(level1.slice(0, 256))]];
  const read: Reader = async (path) => {
    const [, level, ...groups] = path.replace(/\.p\/\d+$/, "").split("/");
    const width = Number(/\.p\/(\d+)$/.exec(path)?.[1] ?? 256);
    const index = Number(groups.join("").replaceAll("x", ""));
    const found = levels[Number(level)]!.slice(index * 256, index * 256 + width);
    return found.length === width ? Uint8Array.from(found.flatMap((each) => [...each])) : null;
  };
  const roots = new Map<number, Uint8Array>();
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 600, 65_535, 65_536, 65_537, 65_793, 66_000]) {
    roots.set(size, rootOfHashes(hashes.slice(0, size)));
    assert.deepEqual(await rootOf(size, read), roots.get(size), `root of ${size}`);
  }
  for (const [size, root] of roots) {
    for (const [old, before] of roots) {
      if (old <= size) verifyConsistency(old, before, size, root, await consistencyProof(old, size, read));
    }
    for (const index of [0, 1, 255, 256, 511, 65_535, 65_536, size - 1]) {
      if (index >= size) continue;
      const path = await inclusionProof(index, size, read);
      // A leaf is known by its hash here, so the first step is done by hand.
      let [place, last] = [index, size - 1];
      let hash: Uint8Array = hashes[index]!;
      for (const sibling of path) {
        while (place % 2 === 0 && place === last) [place, last] = [place / 2, Math.floor(last / 2)];
        hash = place % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
        [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
      }
      assert.deepEqual(hash, root, `entry ${index} of ${size}`);
    }
  }
});

test("a cosignature by ML-DSA-44 is verified, and one for another text is not", () => {
  const given = tlogJson<Record<string, string>>("mldsa44.json");
  const key = decodeVerifierKey(given["vkey"]!);
  const note = decodeNote(toUtf8(`${given["text"]!.trimEnd()}\n\n${given["line"]!.trimEnd()}\n`));
  assert.deepEqual(signersOf(note, [key]), [key]);
  const other = { ...note, text: note.text.replace(/\n\d+\n/, "\n601\n") };
  assert.notEqual(other.text, note.text);
  assert.throws(() => signersOf(other, [key]), VerificationError);
  assert.throws(() => signersOf({ ...note, text: "no checkpoint\n" }, [key]), CryptoError);
});

test("the second signature of the log is verified where a policy names its key", async () => {
  const { pq_log, pq_witness } = tlogJson<Record<string, string>>("keys.json");
  const note = decodeNote((await readerOf({ overlay: "mldsa-cosignature-ignored-or-verified", delete: [] })("checkpoint"))!);
  const keys = [pq_log!, pq_witness!].map(decodeVerifierKey);
  assert.ok(signersOf(note, keys).length >= 1);
});

test("every byte of a receipt that is changed makes it worthless", () => {
  const [policy, entry, good] = [decodeLogPolicy(tlog("policy")), tlog("leaf/300"), tlog("proofs/good.tlog-proof")];
  verifyLogProof(good, entry, policy);
  for (let at = 0; at < good.length; at++) {
    const changed = good.slice();
    changed[at]! ^= 1;
    assert.throws(() => verifyLogProof(changed, entry, policy), CryptoError, `byte ${at}`);
  }
});

test("the witnesses of a checkpoint are told by their names in the policy", () => {
  assert.deepEqual(cosignersOf(decodeLogPolicy(tlog("policy")), decodeNote(tlog("log/checkpoint"))), ["w1", "w2"]);
});
