/** What may be marked: decides whether an answer fits its question, and how it stands on the ballot. */

export interface Question {
  readonly min: number;
  readonly max: number;
  readonly choices: readonly string[];
  /** The choice that stands alone, as 弃权 in an election; null if none does. */
  readonly alone: number | null;
}

export type Answer = readonly number[];

/** Return what is wrong with an answer, in the key of its sentence, or null. */
export function findTrouble(question: Question, answer: Answer): "say-choose-one" | "say-too-many" | null {
  if (answer.length < question.min) return "say-choose-one";
  return answer.length > question.max ? "say-too-many" : null;
}

/** Return the answer after `marked` was ticked or unticked: whoever abstains chooses nobody, and the other way round. */
export function settle(question: Question, answer: Answer, marked: number): Answer {
  if (question.alone === null || !answer.includes(marked)) return answer;
  return marked === question.alone ? [marked] : answer.filter((each) => each !== question.alone);
}

/** Return the 0s and 1s that are sealed. */
export function mark(question: Question, answer: Answer): number[] {
  return question.choices.map((_, index) => (answer.includes(index) ? 1 : 0));
}
