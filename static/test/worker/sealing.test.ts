import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { decodeSignedAgreement, verifyAgreement } from "../../src/crypto/agreement.ts";
import { decodeBallot, tracker, verifyBallot } from "../../src/crypto/ballot.ts";
import { deriveSecret, publicCredential } from "../../src/crypto/credential.ts";
import { combineSecret } from "../../src/crypto/credential-part.ts";
import { decodeElection } from "../../src/crypto/election.ts";
import { compactJson, fingerprint as fingerprintOf, hexDigest, toUtf8 } from "../../src/crypto/encoding.ts";
import { encodePoint } from "../../src/crypto/group.ts";
import { browserRandomness } from "../../src/crypto/randomness.ts";
import type { KeyParts, Progress, RefusalReason, SealingRequest } from "../../src/worker/messages.ts";
import { Sealer } from "../../src/worker/sealing.ts";
import { seeded, vectors } from "../vectors.ts";

interface CredentialVectors {
  credential: string;
  letter: { secret: string; public: string };
  platform: { secret: string; public: string };
  public: string;
  agreement: { election: string; fingerprint: string; text: string; seed: number; signed: string };
}
const known = vectors<CredentialVectors>("credentials");
const { fingerprint, text } = known.agreement;
const election = { json: known.agreement.election, fingerprint };
const key: KeyParts = {
  letter: " guyDutFHGuC TAL8yVqJfpp ",
  platform: { part: known.platform.secret, public: known.platform.public },
  credential: known.public,
};
const choices = [[1, 0], [0, 1, 0]];
const shown = decodeElection(toUtf8(election.json)).questions.map(({ text: asked, answers }) => ({ text: asked, answers }));

function sealer(rng = browserRandomness): { sealer: Sealer; heard: Progress[] } {
  const heard: Progress[] = [];
  return { sealer: new Sealer(rng, (progress) => heard.push(progress)), heard };
}

test("a ballot is sealed and signed with the whole key, and progress is told", () => {
  const { sealer: asked, heard } = sealer();
  assert.deepEqual(asked.answer({ kind: "warm", id: 1, election }), { kind: "ready", id: 1 });
  const answer = asked.answer({ kind: "seal", id: 3, election, key, choices, shown });
  assert.ok(answer.kind === "sealed" && answer.id === 3);
  const decoded = decodeElection(toUtf8(election.json));
  const ballot = decodeBallot(toUtf8(answer.ballot), decoded);
  verifyBallot(decoded, ballot);
  assert.equal(encodePoint(ballot.credential), known.public);
  assert.equal(answer.tracker, tracker(toUtf8(answer.ballot)));
  assert.deepEqual(heard, [1, 2].map((done) => ({ kind: "progress", id: 3, done, of: 2 })));
  assert.deepEqual(Object.keys(answer).sort(), ["ballot", "id", "kind", "tracker"]);
});

test("the agreement is the one of the other implementation", () => {
  const answer = sealer(seeded(known.agreement.seed)).sealer.answer({ kind: "agree", id: 7, election, key, text });
  assert.deepEqual(answer, { kind: "agreed", id: 7, agreement: known.agreement.signed });
});

test("with one part the letter alone makes the key", () => {
  const single: KeyParts = { letter: known.credential, platform: null, credential: known.letter.public };
  const answer = sealer().sealer.answer({ kind: "agree", id: 1, election, key: single, text });
  assert.ok(answer.kind === "agreed");
  const { body, proof } = decodeSignedAgreement(toUtf8(answer.agreement));
  verifyAgreement(body, proof);
  assert.ok(new TextDecoder().decode(body).includes(hexDigest(toUtf8(text))));
  assert.deepEqual(sealer().sealer.answer({ kind: "agree", id: 9, election, key: { ...single, credential: known.public }, text }), {
    kind: "refused", id: 9, reason: "key",
  });
});

const seal: SealingRequest = { kind: "seal", id: 9, election, key, choices, shown };
const refused: [string, SealingRequest, RefusalReason][] = [
  ["a letter with a character missing", { ...seal, key: { ...key, letter: known.credential.slice(1) } }, "letter"],
  ["the letter of somebody else", { ...seal, key: { ...key, letter: `1${known.credential.slice(1)}` } }, "key"],
  ["another credential", { ...seal, key: { ...key, credential: known.letter.public } }, "key"],
  ["a platform part that is not the published one",
    { ...seal, key: { ...key, platform: { part: known.platform.secret, public: known.letter.public } } }, "key"],
  ["a platform part that is no number", { ...seal, key: { ...key, platform: { part: "x", public: "y" } } }, "key"],
  ["no platform part", { ...seal, key: { ...key, platform: null } }, "key"],
  ["another fingerprint", { ...seal, election: { ...election, fingerprint: "A".repeat(43) } }, "election"],
  ["a changed election", { ...seal, election: { ...election, json: election.json.replace("Agree", "agree") } }, "election"],
  ["no election", { ...seal, election: { ...election, json: "{}" } }, "election"],
  ["answers in another order than on the page",
    { ...seal, shown: [{ ...shown[0]!, answers: shown[0]!.answers.toReversed() }, shown[1]!] }, "election"],
  ["another question than on the page", { ...seal, shown: [shown[0]!, { ...shown[1]!, text: "?" }] }, "election"],
  ["a question that the page does not show", { ...seal, shown: shown.slice(1) }, "election"],
  ["too few questions", { ...seal, choices: [[1, 0]] }, "choices"],
  ["nothing chosen where something must be", { ...seal, choices: [[1, 0], [0, 0, 0]] }, "choices"],
  ["a choice of 2", { ...seal, choices: [[2, 0], [0, 1, 0]] }, "choices"],
];
for (const [name, request, reason] of refused) {
  test(`refused: ${name}`, () => {
    const { sealer: asked, heard } = sealer(() => assert.fail("nothing is drawn for it"));
    assert.deepEqual(asked.answer(request), { kind: "refused", id: 9, reason });
    assert.deepEqual(heard, []);
    asked.answer({ kind: "warm", id: 1, election });
    assert.deepEqual(asked.answer(request), { kind: "refused", id: 9, reason });
  });
}

test("without secure randomness nothing is sealed", () => {
  const { sealer: asked } = sealer(() => {
    throw new Error("no generator");
  });
  assert.deepEqual(asked.answer(seal), { kind: "refused", id: 9, reason: "fault" });
});

const seed = new Uint8Array(32).fill(7);
const credentials = JSON.stringify([`${known.letter.public},10`, `${known.public},25`]);
const manifest = JSON.stringify({
  base: 10, credentials_sha256: hexDigest(toUtf8(credentials)), promise_key: bytesToHex(ed25519.getPublicKey(seed)),
});
const described = JSON.stringify({
  ...JSON.parse(election.json), description: `善治 manifest sha256=${hexDigest(toUtf8(manifest))} base=10 total=area_dm2*base+heads`,
});
const pinned = { json: described, fingerprint: fingerprintOf(toUtf8(described)) };
function receipt(change: object = {}, domain = "promise/1", signer = seed): string {
  const promise = compactJson({
    delay_seconds: 86400, election: JSON.parse(described).uuid, fingerprint: pinned.fingerprint, origin: "https://x",
    received_at: "2026-12-07T02:03:04.567Z", sequence: 1, tracker: "T", version: 1, ...change,
  });
  const framed = Buffer.concat([Buffer.from("shanzhi-signature-1\n"), Buffer.of(0, 0, 0, 0, 0, 0, 0, 9), Buffer.from(domain), promise]);
  const signature = Buffer.from(ed25519.sign(framed, signer));
  return JSON.stringify({ promise: Buffer.from(promise).toString("base64"), signature: signature.toString("base64") });
}

test("a ballot came in if the platform signed so with the key that was sealed", () => {
  const asked: SealingRequest = { kind: "promise", id: 3, election: pinned, manifest, receipt: receipt(), tracker: "T" };
  const { sealer: one } = sealer();
  assert.deepEqual(one.answer(asked), { kind: "ready", id: 3 });
  for (const each of [
    { receipt: "{}" }, { receipt: receipt({ tracker: "U" }) }, { receipt: receipt({ election: "E" }) }, { tracker: "U" },
    { receipt: receipt({ fingerprint: fingerprint }) }, { receipt: receipt({}, "promise/2") },
    { receipt: receipt({}, "promise/1", new Uint8Array(32)) }, { manifest: manifest.replace("{", "{ ") },
    { receipt: JSON.stringify({ promise: "!", signature: "" }) },
  ]) {
    assert.deepEqual(one.answer({ ...asked, ...each }), { kind: "refused", id: 3, reason: "promise" });
  }
});

test("a key is checked against the list that was sealed, which says its area", () => {
  const asked: SealingRequest = { kind: "check", id: 4, election: pinned, key, published: { manifest, credentials } };
  const { sealer: one } = sealer();
  assert.deepEqual(one.answer(asked), { kind: "checked", id: 4, credential: known.public, areaDm2: 2 });
  const alone: KeyParts = { letter: known.credential, platform: null, credential: null };
  assert.deepEqual(one.answer({ ...asked, key: alone }), { kind: "checked", id: 4, credential: known.letter.public, areaDm2: 1 });
  const secret = deriveSecret(JSON.parse(described).uuid, known.credential);
  const made: KeyParts = {
    ...key, platform: { part: "5", public: publicCredential(5n) }, credential: publicCredential(combineSecret(secret, 5n)),
  };
  const other = JSON.stringify([`${made.credential},10`]);
  const repinned = manifest.replace(hexDigest(toUtf8(credentials)), hexDigest(toUtf8(other)));
  for (const each of [
    { key: made },
    { key: { ...alone, letter: `1${known.credential.slice(1)}` } },
    { key: { ...key, credential: null } },
    { key: made, published: { manifest, credentials: other } },
    { key: made, published: { manifest: repinned, credentials: other } },
    { published: { manifest, credentials: `${credentials} ` } },
    { published: { manifest: "{}", credentials } },
    { election },
  ]) {
    assert.deepEqual(one.answer({ ...asked, ...each }), { kind: "refused", id: 4, reason: "key" });
  }
});
