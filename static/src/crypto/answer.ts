/**
 * The sealed answer to one question: a ciphertext for each choice, and the proofs that they may be counted.
 *
 * * Each choice is shown to be 0 or 1, and their sum to be within the question's bounds.
 * * The blank vote, where there is one, stands first, is not in the sum, and has a proof of its own.
 * * Every proof hashes the election's fingerprint and the credential, so an answer cannot be copied to another ballot.
 *
 * Follows SPEC.md §5.1; mirrors `crypto/answer.py`.
 */

import { proveEnough, proveNoAnswer, verifyEnough, verifyNoAnswer } from "./blank.ts";
import {
  type Ciphertext,
  type CiphertextJson,
  decodeCiphertext,
  encodeCiphertext,
  encrypt,
  multiplyCiphertexts,
} from "./elgamal.ts";
import { requireFields, requireList } from "./encoding.ts";
import { about } from "./errors.ts";
import { decodePoint, encodePoint, type Point, type PointReader, randomScalar, reduce } from "./group.ts";
import type { Json } from "./json.ts";
import { type Bounds, type Opening, proveMembership, verifyMembership } from "./membership.ts";
import { decodeProof, encodeProof, type Proof, type ProofJson } from "./proof.ts";
import { countChoices, type Question, requireAllowed } from "./question.ts";
import type { Randomness } from "./randomness.ts";

export interface Answer {
  readonly choices: readonly Ciphertext[];
  /** For each choice the two branches 0 and 1. */
  readonly individualProofs: readonly (readonly Proof[])[];
  /** The branches min to max; with a blank vote its branch stands before them. */
  readonly overallProof: readonly Proof[];
  /** Two branches, or nothing in a question without a blank vote. */
  readonly blankProof: readonly Proof[];
}

export interface AnswerJson {
  readonly choices: readonly CiphertextJson[];
  readonly individual_proofs: readonly (readonly ProofJson[])[];
  readonly overall_proof: readonly ProofJson[];
  readonly blank_proof?: readonly ProofJson[];
}

const FIELDS = ["choices", "individual_proofs", "overall_proof"];
const BIT: Bounds = { first: 0, last: 1 };

/** Write an answer as the object that a ballot holds. */
export function encodeAnswer(answer: Answer): AnswerJson {
  return {
    choices: answer.choices.map(encodeCiphertext),
    individual_proofs: answer.individualProofs.map((proofs) => proofs.map(encodeProof)),
    overall_proof: answer.overallProof.map(encodeProof),
    ...(answer.blankProof.length > 0 ? { blank_proof: answer.blankProof.map(encodeProof) } : {}),
  };
}

/**
 * Read an answer to `question`; its points are in the group, unless `read` leaves that to `verifyAnswer`.
 *
 * @throws MalformedError: it has not the shape that the question asks for, or something is not in canonical spelling.
 * @throws VerificationError: a point is outside the group.
 */
export function decodeAnswer(
  value: Json | undefined,
  question: Question,
  what: string,
  read: PointReader = decodePoint,
): Answer {
  const fields = requireFields(value, question.blank ? [...FIELDS, "blank_proof"] : FIELDS, what);
  const names = namesOf(question, what);
  const count = countChoices(question);
  const bounds = question.maximum - question.minimum + 1;
  return {
    choices: requireList(fields["choices"], `${what}, choices`, count).map((each, index) =>
      decodeCiphertext(each, names[index], read),
    ),
    individualProofs: requireList(fields["individual_proofs"], `${what}, individual proofs`, count).map((each, index) =>
      decodeProofs(each, 2, names[index]!),
    ),
    overallProof: decodeProofs(fields["overall_proof"], (question.blank ? 1 : 0) + bounds, `${what}, overall proof`),
    blankProof: question.blank ? decodeProofs(fields["blank_proof"], 2, `${what}, blank proof`) : [],
  };
}

/**
 * Encrypt `choices`, one 0 or 1 each and in the order of the question, and prove that they may be counted.
 *
 * @param binding S0, the election's fingerprint and the credential with `|` between.
 * @param publicKey the election's key.
 * @param choices the blank vote first, where the question has one.
 * @param rng gives the nonces, which are not kept.
 * @throws MalformedError: the question does not allow these choices.
 */
export function sealAnswer(
  binding: string,
  publicKey: Point,
  question: Question,
  choices: readonly number[],
  rng: Randomness,
): Answer {
  requireAllowed(question, choices, "the answer");
  const openings = choices.map((message): Opening => ({ message, nonce: randomScalar(rng) }));
  const ciphertexts = openings.map(({ message, nonce }) => encrypt(publicKey, BigInt(message), nonce));
  const answers = openings.slice(question.blank ? 1 : 0);
  const total: Opening = {
    message: answers.reduce((sum, each) => sum + each.message, 0),
    nonce: reduce(answers.reduce((sum, each) => sum + each.nonce, 0n)),
  };
  const individualProofs = openings.map((opening, index) =>
    proveMembership(choicePrefix(binding, ciphertexts[index]!), publicKey, opening, BIT, rng),
  );
  const whole = wholeText(binding, ciphertexts);
  const bounds = boundsOf(question);
  if (!question.blank) {
    const prefix = sumPrefix(whole, sumOf(question, ciphertexts));
    const overallProof = proveMembership(prefix, publicKey, total, bounds, rng);
    return { choices: ciphertexts, individualProofs, overallProof, blankProof: [] };
  }
  const blank = openings[0]!;
  return {
    choices: ciphertexts,
    individualProofs,
    overallProof: proveEnough(`bproof1|${whole}|`, publicKey, blank, total, bounds, rng),
    blankProof: proveNoAnswer(`bproof0|${whole}|`, publicKey, blank, total, rng),
  };
}

/**
 * Raise unless every proof of `answer`, decoded for `question`, holds.
 *
 * @param binding S0, as in `sealAnswer`.
 * @param what names the question in a refusal.
 * @throws VerificationError: one does not; the sentence says at which choice.
 */
export function verifyAnswer(
  binding: string,
  publicKey: Point,
  question: Question,
  answer: Answer,
  what: string,
): void {
  const names = namesOf(question, what);
  answer.choices.forEach((choice, index) => {
    about(names[index]!, () =>
      verifyMembership(choicePrefix(binding, choice), publicKey, choice, BIT, answer.individualProofs[index]!),
    );
  });
  const whole = wholeText(binding, answer.choices);
  const total = sumOf(question, answer.choices);
  const bounds = boundsOf(question);
  const blank = answer.choices[0]!;
  about(`${what}, number of answers`, () => {
    if (question.blank) verifyEnough(`bproof1|${whole}|`, publicKey, blank, total, bounds, answer.overallProof);
    else verifyMembership(sumPrefix(whole, total), publicKey, total, bounds, answer.overallProof);
  });
  if (!question.blank) return;
  about(`${what}, blank vote without answers`, () => {
    verifyNoAnswer(`bproof0|${whole}|`, publicKey, blank, total, answer.blankProof);
  });
}

function namesOf(question: Question, what: string): string[] {
  const names = question.answers.map((_, index) => `${what}, answer ${index + 1}`);
  return question.blank ? [`${what}, blank vote`, ...names] : names;
}

function boundsOf(question: Question): Bounds {
  return { first: question.minimum, last: question.maximum };
}

function sumOf(question: Question, choices: readonly Ciphertext[]): Ciphertext {
  return choices.slice(question.blank ? 1 : 0).reduce(multiplyCiphertexts);
}

function textOf({ alpha, beta }: Ciphertext): string {
  return `${encodePoint(alpha)},${encodePoint(beta)}`;
}

/** Return S: the binding, then every ciphertext of the answer, the blank vote included. */
function wholeText(binding: string, choices: readonly Ciphertext[]): string {
  return `${binding}|${choices.map(textOf).join(",")}`;
}

function choicePrefix(binding: string, choice: Ciphertext): string {
  return `prove|${binding}|${textOf(choice)}|`;
}

function sumPrefix(whole: string, total: Ciphertext): string {
  return `prove|${whole}|${textOf(total)}|`;
}

function decodeProofs(value: Json | undefined, length: number, what: string): Proof[] {
  return requireList(value, what, length).map((each) => decodeProof(each, what));
}
