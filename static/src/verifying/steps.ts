/**
 * What the page on which everybody checks does, step by step, and what its worker tells it.
 *
 * * Sum, shares, result and the visitor's own ballot come first, then every ballot, by as many workers as there are cores.
 * * The first step that fails ends it. What could not be checked is left out and said.
 */

/** In this order. */
export const STEPS = [
  "archive", "setup", "manifest", "box", "sum", "shares", "result", "published", "own", "ballots",
] as const;
export type Step = (typeof STEPS)[number];

/** `left-out`: there was nothing to check, `detail` names why. */
export type Status = "working" | "done" | "left-out" | "wrong";

/** The files of an election as far as they are there. */
export interface Files {
  readonly archive: Uint8Array;
  readonly manifest: Uint8Array | null;
  readonly shareProofs: Uint8Array | null;
  readonly result: Uint8Array | null;
  readonly box: Uint8Array | null;
  readonly setAside: Uint8Array | null;
  /** The number of the visitor's own ballot, 43 characters, or what its words stand for, 16 hex digits; or empty. */
  readonly receipt: string;
}

/** Read the files and check everything but the single ballots. Answered by some `step` and then `opened`. */
export interface OpenRequest {
  readonly kind: "open";
  readonly files: Files;
}

/** Get ready to check single ballots. Not answered. */
export interface PrepareRequest {
  readonly kind: "prepare";
  readonly election: Uint8Array;
  readonly credentials: readonly string[];
}

/** Check some ballots; `first` is the number of the first, from 1. Answered by `checked`. */
export interface BallotsRequest {
  readonly kind: "ballots";
  readonly first: number;
  readonly ballots: readonly Uint8Array[];
}

export type Request = OpenRequest | PrepareRequest | BallotsRequest;

/** How a step stands. */
export interface StepAnswer {
  readonly kind: "step";
  readonly step: Step;
  readonly status: Status;
  /** For `done` and `left-out` the key of what to say, if anything; for `wrong` the sentence of the check. */
  readonly detail: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** Everything but the ballots is checked. */
export interface OpenedAnswer {
  readonly kind: "opened";
  /** False if a step failed. */
  readonly good: boolean;
  readonly election: Uint8Array;
  readonly credentials: readonly string[];
  /** Where each ballot stands in the archive: offset and length in bytes. */
  readonly places: readonly (readonly [number, number])[];
  /** What stands for the whole archive: hex. */
  readonly head: string;
  readonly name: string;
  readonly uuid: string;
}

/** Some ballots are checked. */
export interface CheckedAnswer {
  readonly kind: "checked";
  readonly count: number;
  /** What is wrong with the first that is; null if nothing. */
  readonly fault: string | null;
}

export type Answer = StepAnswer | OpenedAnswer | CheckedAnswer;
