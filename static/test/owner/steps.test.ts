import assert from "node:assert/strict";
import { test } from "node:test";
import { readFragment } from "../../src/owner/letter.ts";
import { Memory } from "../../src/owner/memory.ts";
import { findTrouble, mark, settle } from "../../src/owner/questions.ts";
import { receiptWords } from "../../src/owner/receipt-words.ts";
import vectors from "./receipt-words.json" with { type: "json" };

const ELECTION = { min: 1, max: 2, choices: ["甲", "乙", "丙", "弃权"], alone: 3 };

function keepIn(phone: Map<string, string> | null): void {
  const storage = {
    getItem: (key: string) => phone?.get(key) ?? null,
    setItem: (key: string, value: string) => void phone?.set(key, value),
    removeItem: (key: string) => void phone?.delete(key),
  };
  const refuse = (): never => {
    throw new Error("storage is switched off");
  };
  const window = phone
    ? { localStorage: storage, sessionStorage: storage }
    : Object.defineProperties({}, { localStorage: { get: refuse }, sessionStorage: { get: refuse } });
  Object.assign(globalThis, { window });
}

test("a letter is read from an address only if both parts stand there", () => {
  assert.deepEqual(readFragment("#7KQ4-M2XP.abc"), { number: "7KQ4-M2XP", credential: "abc" });
  for (const broken of ["", "#", "#7KQ4-M2XP", "#7KQ4-M2XP.", "#.abc", "#a.b.c"]) assert.equal(readFragment(broken), null);
});

test("an answer has to fit its question", () => {
  assert.equal(findTrouble(ELECTION, []), "say-choose-one");
  assert.equal(findTrouble(ELECTION, [0, 1]), null);
  assert.equal(findTrouble(ELECTION, [0, 1, 2]), "say-too-many");
});

test("whoever abstains chooses nobody, and the other way round", () => {
  assert.deepEqual(settle(ELECTION, [0, 1, 3], 3), [3]);
  assert.deepEqual(settle(ELECTION, [0, 3], 0), [0]);
  assert.deepEqual(settle(ELECTION, [0, 1], 3), [0, 1]);
  assert.deepEqual(settle({ ...ELECTION, alone: null }, [0, 3], 3), [0, 3]);
  assert.deepEqual(mark(ELECTION, [1]), [0, 1, 0, 0]);
});

test("receipts have the words that the server writes", () => {
  for (const { tracker, words } of vectors.receipts) {
    assert.equal(receiptWords(tracker, vectors.first, vectors.second), words);
  }
});

test("several ballots wait in the order of casting", () => {
  keepIn(new Map());
  const memory = new Memory("e");
  assert.equal(memory.keep({ ballot: "1", tracker: "a" }), true);
  memory.keep({ ballot: "2", tracker: "b" });
  memory.keep({ ballot: "1", tracker: "a", passed: true });
  assert.deepEqual(new Memory("e").waiting, [{ ballot: "1", tracker: "a", passed: true }, { ballot: "2", tracker: "b" }]);
  assert.deepEqual(new Memory("another").waiting, []);
  memory.drop("a");
  assert.deepEqual(memory.waiting, [{ ballot: "2", tracker: "b" }]);
  memory.drop("b");
  assert.equal(memory.holds("b"), false);
});

test("one ballot that an earlier page kept still waits", () => {
  keepIn(new Map([["shanzhi.sealed.e", '{"ballot":"1","tracker":"a"}']]));
  assert.deepEqual(new Memory("e").waiting, [{ ballot: "1", tracker: "a" }]);
});

test("a browser without storage, and a tablet of the desk, keep nothing and say so", () => {
  const draft = { letter: null, acting: null, answers: [] };
  keepIn(null);
  const without = new Memory("e");
  without.draft = draft;
  assert.equal(without.draft, null);
  assert.equal(without.keep({ ballot: "1", tracker: "a" }), false);
  const phone = new Map<string, string>();
  keepIn(phone);
  const desk = new Memory("e", false);
  desk.draft = draft;
  assert.equal(desk.keep({ ballot: "1", tracker: "a" }), false);
  assert.equal(phone.size, 0);
});
