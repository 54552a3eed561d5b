import assert from "node:assert/strict";
import { test } from "node:test";
import { acceptBallot, decodeBallot, encodeBallot, sealBallot, tracker, verifyBallot } from "../../src/crypto/ballot.ts";
import { decodeElection, type Election } from "../../src/crypto/election.ts";
import { fingerprint, toUtf8 } from "../../src/crypto/encoding.ts";
import { CryptoError, MalformedError, VerificationError } from "../../src/crypto/errors.ts";
import {
  add,
  BASE,
  decodePoint,
  encodePoint,
  hashToScalar,
  IDENTITY,
  multiply,
  multiplyBase,
  ORDER,
  randomScalar,
  readPoint,
  samePoint,
  subtract,
  tabulate,
} from "../../src/crypto/group.ts";
import { countChoices, type Question } from "../../src/crypto/question.ts";
import { foreign, pick, seeded, vectors } from "../vectors.ts";

interface Sealed {
  election: string;
  fingerprint: string;
  secret: string;
  choices: number[][];
  seed: number;
  ballot: string;
  tracker: string;
}
interface Case {
  name: string;
  ballot: string;
  expect_valid: boolean;
}
const text = new TextDecoder();
const toolElection = decodeElection(toUtf8(vectors<{ election_by_tool: string }>("credentials").election_by_tool));

/** Accept a ballot in both ways, which must agree. */
function accept(data: Uint8Array, election: Election): void {
  let refused: unknown;
  try {
    verifyBallot(election, decodeBallot(data, election));
  } catch (error) {
    refused = error;
  }
  if (refused === undefined) acceptBallot(data, election);
  else assert.throws(() => acceptBallot(data, election), CryptoError);
  if (refused !== undefined) throw refused;
}

test("with the same randomness the other implementation makes the same bytes", () => {
  for (const each of vectors<Sealed[]>("ballots")) {
    const election = decodeElection(toUtf8(each.election));
    assert.equal(election.fingerprint, each.fingerprint);
    const heard: number[] = [];
    const data = sealBallot(election, BigInt(each.secret), each.choices, seeded(each.seed), (done) => heard.push(done));
    assert.equal(text.decode(data), each.ballot);
    assert.equal(tracker(data), each.tracker);
    assert.deepEqual(heard, election.questions.map((_, index) => index + 1));
  }
});

test("ballots that the other implementation made are accepted and written again", () => {
  for (const each of vectors<Sealed[]>("ballots")) {
    const election = decodeElection(toUtf8(each.election));
    const ballot = decodeBallot(toUtf8(each.ballot), election);
    verifyBallot(election, ballot);
    assert.equal(text.decode(encodeBallot(ballot)), each.ballot);
  }
});

for (const { name, election, ballot } of vectors<{ name: string; election: string; ballot: string }[]>("refused")) {
  test(`refused: ${name}`, () => {
    const decoded = decodeElection(toUtf8(election));
    assert.throws(() => accept(toUtf8(ballot), decoded), CryptoError);
  });
}

const cases = foreign<Case[]>("ballots/ed25519.json");
test("there are as many foreign ballots as ever", () => assert.equal(cases.length, 22));
for (const { name, ballot, expect_valid } of cases) {
  // Whether a credential is on the list is not for a ballot's reader to know.
  if (name === "bad_unknown_credential") continue;
  test(`foreign ballot ${name} is ${expect_valid ? "accepted" : "refused"}`, () => {
    if (expect_valid) accept(toUtf8(ballot), toolElection);
    else assert.throws(() => accept(toUtf8(ballot), toolElection), CryptoError);
  });
}

test("the hashed strings are those of the known answers", () => {
  const known = foreign<Record<string, string>>("ballots/ed25519-known-answers.json");
  const hashed = known["individual proof of choice 0, question 0: hashed string"]!;
  const cut = hashed.lastIndexOf("|") + 1;
  const points = hashed.slice(cut).split(",").map((point) => decodePoint(point));
  const challenge = BigInt(known["its sha256 mod q = sum of challenges mod q"]!);
  assert.equal(hashToScalar(hashed.slice(0, cut), points), challenge);
  const ballot = decodeBallot(toUtf8(cases[0]!.ballot), toolElection);
  assert.equal(ballot.signature.challenge, BigInt(known["sha256 mod q = challenge"]!));
  const signed = known["signed payload (sha256 -> b64 unpadded -> signature.hash)"]!;
  assert.equal(fingerprint(toUtf8(signed)), ballot.signatureHash);
});

function randomQuestion(seed: number): Question {
  const rng = seeded(seed);
  const answers = Array.from({ length: 1 + pick(rng, 4) }, (_, index) => `答案${index}`);
  const maximum = 1 + pick(rng, answers.length);
  return { text: "?", answers, minimum: pick(rng, maximum + 1), maximum, blank: pick(rng, 2) === 1 };
}

function randomChoices(question: Question, seed: number): number[] {
  const rng = seeded(seed);
  const choices = Array.from({ length: countChoices(question) }, () => 0);
  if (question.blank && pick(rng, 3) === 0) return choices.map((_, index) => (index === 0 ? 1 : 0));
  let left = question.minimum + pick(rng, question.maximum - question.minimum + 1);
  while (left > 0) {
    const at = (question.blank ? 1 : 0) + pick(rng, question.answers.length);
    if (choices[at] === 0) left--;
    choices[at] = 1;
  }
  return choices;
}

test("every allowed ballot is accepted and holds what was chosen", () => {
  for (let seed = 0; seed < 12; seed++) {
    const rng = seeded(1000 + seed);
    const key = randomScalar(rng);
    const questions = Array.from({ length: 1 + pick(rng, 2) }, (_, index) => randomQuestion(100 * seed + index));
    const fields = {
      version: 1, description: "", name: "n", group: "Ed25519", public_key: encodePoint(multiplyBase(key)),
      questions: questions.map(({ answers, blank, minimum, maximum, text: question }) => ({
        answers, ...(blank ? { blank } : {}), min: minimum, max: maximum, question,
      })),
      uuid: "Sma11E1ectionX",
    };
    const election = decodeElection(toUtf8(JSON.stringify(fields)));
    assert.deepEqual(election.questions, questions);
    if (seed % 2) tabulate(election.publicKey);
    const choices = questions.map((question, index) => randomChoices(question, 100 * seed + index));
    const data = sealBallot(election, randomScalar(rng), choices, rng);
    accept(data, election);
    const ballot = decodeBallot(data, election);
    const opened = ballot.answers.map((answer) =>
      answer.choices.map(({ alpha, beta }) => {
        const power = subtract(beta, multiply(alpha, key));
        return samePoint(power, IDENTITY) ? 0 : samePoint(power, BASE) ? 1 : 2;
      }),
    );
    assert.deepEqual(opened, choices);
  }
});

test("a ciphertext outside the group is refused in every place, however the ballot is read", () => {
  const { election: json, ballot: sealed } = vectors<Sealed[]>("ballots")[0]!;
  const election = decodeElection(toUtf8(json));
  const torsion = readPoint("00".repeat(32));
  const value = JSON.parse(sealed) as { answers: { choices: Record<string, string>[] }[] };
  let places = 0;
  for (const answer of value.answers) {
    for (const choice of answer.choices) {
      for (const part of ["alpha", "beta"]) {
        const good = choice[part]!;
        choice[part] = encodePoint(add(readPoint(good), torsion));
        const data = toUtf8(JSON.stringify(value));
        assert.throws(() => decodeBallot(data, election), /not an element of the group/);
        assert.throws(() => acceptBallot(data, election), VerificationError);
        choice[part] = good;
        places++;
      }
    }
  }
  assert.equal(places, 10);
});

test("choices that the election does not allow are not sealed", () => {
  const election = decodeElection(toUtf8(vectors<Sealed[]>("ballots")[0]!.election));
  const refused: [number[][], string][] = [
    [[[1, 0]], "2 questions are to be answered, not 1"],
    [[[1, 0], [0, 0, 0]], "question 2: choose from 1 to 1 answers"],
    [[[2, 0], [0, 1, 0]], "question 1: each choice is 0 or 1"],
    [[[1, 0], [1, 1, 0]], "question 2: a blank vote chooses nothing else"],
    [[[1, 0, 0], [1, 0, 0]], "question 1: 2 choices are expected, there are 3"],
  ];
  for (const [choices, message] of refused) {
    const rng = (): Uint8Array => assert.fail("nothing is drawn for it");
    assert.throws(() => sealBallot(election, 1n, choices, rng), { name: "MalformedError", message });
  }
});

test("sealing twice gives two ballots", () => {
  const election = decodeElection(toUtf8(vectors<Sealed[]>("ballots")[0]!.election));
  const rng = seeded(5);
  const [one, other] = [0, 1].map(() => tracker(sealBallot(election, 7n, [[1, 0], [1, 0, 0]], rng)));
  assert.notEqual(one, other);
});

test("elections that nobody could vote in are refused", () => {
  const good = JSON.parse(vectors<Sealed[]>("ballots")[0]!.election) as Record<string, unknown>;
  const question = { answers: ["a"], min: 0, max: 1, question: "?" };
  const changes: Record<string, unknown>[] = [
    { version: 2 }, { group: "BELENIOS-2048" }, { public_key: encodePoint(IDENTITY) }, { questions: [] }, { uuid: "short" },
    { extra: 1 }, { administrator: 1 }, { language: ["fr", "up"] }, { language: ["fr"] },
    { questions: [{ ...question, max: 2 }] }, { questions: [{ ...question, max: 0 }] }, { questions: [{ ...question, min: 2 }] },
    { questions: [{ ...question, type: "Lists" }] }, { questions: [{ ...question, blank: 1 }] }, { questions: ["?"] },
    { questions: [{ ...question, answers: [1] }] }, { name: 1 },
  ];
  for (const change of changes) {
    const data = toUtf8(JSON.stringify({ ...good, ...change }));
    assert.throws(() => decodeElection(data), MalformedError, JSON.stringify(change));
  }
  const outside = toUtf8(JSON.stringify({ ...good, public_key: vectors<{ outside: string[] }>("group").outside[8] }));
  assert.throws(() => decodeElection(outside), VerificationError);
  const fine = { ...good, administrator: "a", credential_authority: "b", language: ["ar", "rtl"] };
  assert.equal(decodeElection(toUtf8(JSON.stringify(fine))).uuid, good["uuid"]);
  assert.equal(decodeElection(toUtf8(JSON.stringify({ ...good, questions: [{ ...question, blank: false }] }))).questions[0]!.blank, false);
  assert.ok(ORDER > 0n);
});
