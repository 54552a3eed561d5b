import assert from "node:assert/strict";
import { test } from "node:test";

import { publicCredential } from "../../src/crypto/credential.ts";
import { CryptoError } from "../../src/crypto/errors.ts";
import { petitionDigest, signWord, verifySignedWord } from "../../src/crypto/petition.ts";
import { browserRandomness } from "../../src/crypto/randomness.ts";

const asked = { petition: "2".repeat(14), estate: "xinyuan", kind: "meeting", text: "请召开“临时”\n业主大会\\。", member: "" };
const word = {
  election: "DQB53CqA1UtMwz", fingerprint: "x".repeat(42) + "A", credential: publicCredential(77n),
  petition: asked.petition, textSha256: petitionDigest(asked), act: "sign" as const,
};

test("the digest is that of the server's spelling", () => {
  assert.equal(petitionDigest(asked), "8dc75a9bf70ef42d8c1693e9c897590a6fb1d88fe1888643bbb92bddc5121140");
});

test("a word is signed and verified, and nothing else was said", () => {
  const signed = signWord(77n, word, browserRandomness);
  assert.equal(verifySignedWord(signed, word), word.credential);
  const changes = [{ act: "end" as const }, { petition: "3".repeat(14) }, { textSha256: "ab".repeat(32) }, { fingerprint: "y".repeat(42) + "A" }];
  for (const change of changes) assert.throws(() => verifySignedWord(signed, { ...word, ...change }), CryptoError);
  assert.throws(() => verifySignedWord(signed.replace(/"response":"./, '"response":"9'), word), CryptoError);
  assert.throws(() => signWord(78n, word, browserRandomness), CryptoError);
});

test("a word that the server's code signed verifies here", () => {
  assert.equal(verifySignedWord(String.raw`{"body":"{\"act\":\"sign\",\"credential\":\"9c48ccaed60ec12ce862ea71165bba7df1739845df2a857f4ef0a0f714f96daa\",\"election\":\"DQB53CqA1UtMwz\",\"fingerprint\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxA\",\"petition\":\"22222222222222\",\"text_sha256\":\"8dc75a9bf70ef42d8c1693e9c897590a6fb1d88fe1888643bbb92bddc5121140\",\"version\":1}","proof":{"challenge":"5455800335716952414927729069558704264909285034575016305506266692268476408166","response":"3848856691389736433039966333796250156822875931043570259661370999321378419363"},"version":1}`, word), word.credential);
});
