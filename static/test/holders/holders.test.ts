/** Key-holders' and registrars' half in the browser: the same bytes as the Python code, and what must be refused. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hexToBytes } from "@noble/hashes/utils.js";
import { Board, decodeBoard, encodePost, ThresholdError } from "../../src/crypto/ceremony-board.ts";
import {
  assembleTrustees, begin, commit, findHolder, finish, type Holder, nextPost, recoverSecret, reveal, verifyAssembled,
} from "../../src/crypto/ceremony.ts";
import { deriveCoefficients, deriveKeys, readCharacters, writeCharacters } from "../../src/crypto/characters.ts";
import { toUtf8 } from "../../src/crypto/encoding.ts";
import { CryptoError, MalformedError, VerificationError } from "../../src/crypto/errors.ts";
import { browserRandomness } from "../../src/crypto/randomness.ts";
import {
  decodeLetters, drawNumber, encodeLetters, encodePublicList, issueLetter, newIdentity, openLetters, readIdentity,
  readRequest, recipientOf, sealLetters,
} from "../../src/crypto/sealed-letters.ts";
import { makeDestroyed, makeTrial } from "../../src/crypto/share.ts";
import { seeded } from "../vectors.ts";

interface Vectors {
  readonly characters: readonly { readonly seed: string; readonly characters: string }[];
  readonly derived: { readonly signing: string; readonly encryption: string; readonly coefficients: readonly string[] };
  readonly boards: readonly string[];
  readonly trustees: string;
  readonly secrets: readonly string[];
  readonly trial: string;
  readonly destroyed: string;
  readonly request: string;
  readonly letters: string;
}

const made = JSON.parse(
  readFileSync(join(process.env["REPOSITORY"] ?? "..", "static/test/holders/vectors.json"), "utf8"),
) as Vectors;
const UUID = "DQB53CqA1UtMwz";
const NAMES = ["业主甲", "社区乙", "街道丙"];
const text = (data: Uint8Array): string => new TextDecoder().decode(data);
const board = (at: number): Board => decodeBoard(toUtf8(made.boards.at(at)!));

function holder(index: number): Holder {
  const place = { context: UUID, size: 3, threshold: 2, index };
  return { seed: hexToBytes(made.characters[index - 1]!.seed), place, name: NAMES[index - 1]! };
}

test("characters are those that the Python code writes, and read back", () => {
  for (const { seed, characters } of made.characters) {
    assert.equal(writeCharacters(hexToBytes(seed)), characters);
    assert.deepEqual(readCharacters([...characters].join(" \u3000")), hexToBytes(seed));
  }
});

test("what is no card's is refused and not repeated", () => {
  const { characters } = made.characters[0]!;
  const other = writeCharacters(Uint8Array.from({ length: 16 }, (_, at) => at));
  for (const wrong of ["", characters.slice(1), characters + characters[0], `A${characters.slice(1)}`, "𠮷".repeat(12)]) {
    assert.throws(() => readCharacters(wrong), (error: Error) => error instanceof MalformedError && !error.message.includes(characters[3]!));
  }
  let refused = 0;
  for (let at = 0; at < 12; at++) {
    try {
      readCharacters(characters.slice(0, at) + other[at]! + characters.slice(at + 1));
    } catch {
      refused++;
    }
  }
  assert.ok(refused >= 9, `${refused}`);
});

test("keys and polynomial are derived as the Python code does", () => {
  const { seed, place } = holder(1);
  const { signing, encryption } = deriveKeys(seed, place);
  assert.deepEqual({ signing: `${signing}`, encryption: `${encryption}` }, { signing: made.derived.signing, encryption: made.derived.encryption });
  assert.deepEqual(deriveCoefficients(seed, place, board(3).digest("certificates")).map(String), made.derived.coefficients);
});

test("other certificates make another polynomial", () => {
  const { seed, place } = holder(1);
  const digest = board(3).digest("certificates");
  assert.notDeepEqual(deriveCoefficients(seed, place, digest), deriveCoefficients(seed, place, digest.replace(/^./, "f")));
});

test("each post is byte for byte the one of the Python code", () => {
  const posts = [
    begin(holder(1), seeded(1)), commit(holder(1), board(3), seeded(16)), reveal(holder(1), board(4), seeded(16)),
    finish(holder(1), board(5), seeded(16)),
  ];
  const written = posts.map((post) => JSON.stringify(encodePost(post)));
  for (const post of written) assert.ok(made.boards.at(-1)!.includes(post), post.slice(0, 60));
});

test("the finished board gives trustees.json and every share back", () => {
  const full = board(-1);
  assert.equal(text(assembleTrustees(full)), made.trustees);
  verifyAssembled(full, toUtf8(made.trustees));
  for (const index of [1, 2, 3]) {
    const found = findHolder(holder(index).seed, full);
    assert.deepEqual(found, holder(index));
    assert.equal(String(recoverSecret(found, full)), made.secrets[index - 1]);
  }
});

test("three pages come to a key by asking for the next post alone", () => {
  let shared = new Board(UUID, 3, 2);
  for (let turn = 0; turn < 40 && shared.posts.length < 12; turn++) {
    try {
      const post = nextPost(holder((turn % 3) + 1), shared, browserRandomness);
      if (post) shared = shared.put(post);
    } catch (error) {
      assert.ok(error instanceof ThresholdError);
    }
  }
  assert.equal(shared.posts.length, 12);
  verifyAssembled(shared, assembleTrustees(shared));
  assert.equal(nextPost(holder(1), shared, browserRandomness), null);
});

test("a stranger's card, a changed post and another certificate in one's place are refused", () => {
  assert.throws(() => findHolder(new Uint8Array(16), board(-1)), VerificationError);
  assert.throws(() => decodeBoard(toUtf8(made.boards.at(-1)!.replace('\\"commitment\\":\\"', '\\"commitment\\":\\"0'))), CryptoError);
  const stolen = { ...holder(2), place: holder(1).place, name: NAMES[0]! };
  assert.throws(() => commit(stolen, board(3), browserRandomness), /not yours/);
  assert.throws(() => verifyAssembled(board(-1), toUtf8(made.trustees.replace("业主甲", "业主丁"))), VerificationError);
});

test("a trial and the word of destruction are those of the Python code", () => {
  const secret = BigInt(made.secrets[1]!);
  assert.equal(text(makeTrial(UUID, toUtf8(made.trustees), 2, secret, seeded(77))), made.trial);
  assert.equal(text(makeDestroyed(UUID, "f".repeat(43), 2, secret, seeded(78))), made.destroyed);
});

test("letters are written and read as the Python code does", () => {
  const letters = decodeLetters(toUtf8(made.letters));
  assert.equal(letters.length, 2);
  assert.equal(text(encodeLetters(letters)), made.letters);
  assert.throws(() => decodeLetters(toUtf8(made.letters.replace("04HM-ASW9", "04HM-ASWI"))), MalformedError);
});

test("a letter's public half belongs to it, and numbers are never twice the same", () => {
  const request = readRequest(toUtf8(made.request));
  assert.equal(request.parts, 2);
  const taken = new Set<string>();
  const first = issueLetter(request, request.lines[0]!, taken, seeded(5));
  const again = issueLetter(request, request.lines[0]!, taken, seeded(5));
  assert.equal(first.letter.credential, again.letter.credential);
  assert.notEqual(first.letter.number, again.letter.number);
  const list = JSON.parse(text(encodePublicList(UUID, [first.line]))) as { credentials: object[] };
  assert.deepEqual(Object.keys(list.credentials[0]!), ["entitlement", "credential", "proof", "letter_number"]);
  assert.equal(drawNumber(() => Uint8Array.of(1, 0x23, 0x45, 0x67, 0x89)), "04HM-ASW9");
});

test("two cards open in either order, one alone or a wrong one does not", async () => {
  const cards = [await newIdentity(), await newIdentity()] as [string, string];
  const sealed = await sealLetters(toUtf8(made.letters), [await recipientOf(cards[0]), await recipientOf(cards[1])]);
  assert.equal(text(await openLetters(sealed, cards)), made.letters);
  assert.equal(text(await openLetters(sealed, [cards[1], cards[0]])), made.letters);
  await assert.rejects(openLetters(sealed, [cards[0], await newIdentity()]), MalformedError);
  await assert.rejects(openLetters(sealed, [cards[0], cards[0]]), MalformedError);
  const typed = cards[0].toLowerCase().match(/.{1,6}/g)!.join(" ");
  assert.equal(readIdentity(typed), cards[0]);
  assert.throws(() => readIdentity(cards[0].slice(0, -1)), MalformedError);
});
