/**
 * What is asked: a text, its answers, and how many of them one ballot may choose.
 *
 * With `blank` there is one more choice, the blank vote. It stands first, at index 0, and excludes all others.
 * Follows SPEC.md §5; mirrors `crypto/question.py`.
 */

import { requireFields, requireList, requireText, requireTruth, requireWhole } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import type { Json } from "./json.ts";

export interface Question {
  readonly text: string;
  /** The texts of the answers, without the blank vote. */
  readonly answers: readonly string[];
  /** The fewest answers that a ballot which is not blank chooses. */
  readonly minimum: number;
  /** The most answers that a ballot chooses. */
  readonly maximum: number;
  /** Whether a blank vote can be cast. */
  readonly blank: boolean;
}

const REQUIRED = ["answers", "min", "max", "question"];

/** How many ciphertexts an answer holds: one for each answer, and one for the blank vote where there is one. */
export function countChoices(question: Question): number {
  return question.answers.length + (question.blank ? 1 : 0);
}

/**
 * Raise unless `choices` may be cast: one 0 or 1 for each choice, as many 1 as the question allows.
 *
 * @throws MalformedError: they may not.
 */
export function requireAllowed(question: Question, choices: readonly number[], what: string): void {
  const expected = countChoices(question);
  if (choices.length !== expected) {
    throw new MalformedError(`${what}: ${expected} choices are expected, there are ${choices.length}`);
  }
  if (choices.some((choice) => choice !== 0 && choice !== 1)) {
    throw new MalformedError(`${what}: each choice is 0 or 1`);
  }
  const chosen = choices.slice(question.blank ? 1 : 0).reduce((sum, choice) => sum + choice, 0);
  if (question.blank && choices[0] === 1) {
    if (chosen > 0) throw new MalformedError(`${what}: a blank vote chooses nothing else`);
  } else if (chosen < question.minimum || chosen > question.maximum) {
    throw new MalformedError(`${what}: choose from ${question.minimum} to ${question.maximum} answers`);
  }
}

/**
 * Read a question.
 *
 * @throws MalformedError: another type of question, a field missing or unknown, no answers, or bounds that nobody can meet.
 */
export function decodeQuestion(value: Json | undefined, what = "question"): Question {
  if (typeof value === "object" && value !== null && "type" in value) {
    throw new MalformedError(`${what}: only questions whose answers are counted one by one are supported`);
  }
  const fields = requireFields(value, REQUIRED, what, ["blank"]);
  const answers = requireList(fields["answers"], `${what}, answers`).map((answer, index) =>
    requireText(answer, `${what}, answer ${index + 1}`),
  );
  const question = {
    text: requireText(fields["question"], `${what}, text`),
    answers,
    minimum: requireWhole(fields["min"], `${what}, min`),
    maximum: requireWhole(fields["max"], `${what}, max`, 1),
    blank: "blank" in fields ? requireTruth(fields["blank"], `${what}, blank`) : false,
  };
  if (question.minimum > question.maximum) throw new MalformedError(`${what}: min is above max`);
  if (question.maximum > answers.length) throw new MalformedError(`${what}: max is above the number of answers`);
  return question;
}
