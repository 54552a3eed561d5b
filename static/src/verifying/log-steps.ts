/** What the page and its worker tell each other about an estate's public record. */

import type { Status } from "./steps.ts";

/** In this order. */
export const LOG_STEPS = ["signed", "kept", "entries", "ballots", "receipt"] as const;
export type LogStep = (typeof LOG_STEPS)[number];

/** Where the record is: an address, or files by their paths below the record's folder. */
export type LogPlace =
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "files"; readonly files: readonly (readonly [path: string, file: Blob])[] };

/** Check a record. Answered by some `log-step` and `log-progress`, and then `log-ended`. */
export interface LogRequest {
  readonly kind: "log";
  readonly place: LogPlace;
  /** Whose signatures count; null takes the file `policy` that lies beside the record. */
  readonly policy: Uint8Array | null;
  /** The last checkpoint that was seen of each origin. */
  readonly seen: readonly (readonly [origin: string, note: Uint8Array])[];
  /** Whether to read all entries. */
  readonly all: boolean;
  /** The election whose ballots are compared, and its `box.json`. */
  readonly election: string | null;
  readonly box: Uint8Array | null;
  /** A `.tlog-proof`, and the tracker that its entry must have, if that is known: 43 characters, or 16 hex digits. */
  readonly proof: Uint8Array | null;
  readonly tracker: string;
}

/** How a step stands; see `StepAnswer`. */
export interface LogStepAnswer {
  readonly kind: "log-step";
  readonly step: LogStep;
  readonly status: Status;
  readonly detail: string;
  readonly values: Readonly<Record<string, string | number>>;
  /** For `wrong` the sentence of the check. */
  readonly sentence: string;
}

/** So many entries are read. */
export interface LogProgressAnswer {
  readonly kind: "log-progress";
  readonly count: number;
  readonly of: number;
}

/** It is over. */
export interface LogEndedAnswer {
  readonly kind: "log-ended";
  /** Whether nothing was wrong; null if the files could not be fetched. */
  readonly good: boolean | null;
  /** The checkpoint to remember: null unless it is signed and continues what was seen. */
  readonly note: {
    readonly origin: string;
    readonly data: Uint8Array;
    readonly size: number;
    /** The origins of the same record before it began anew; nothing of them need be kept. */
    readonly replaced: readonly string[];
  } | null;
}

export type LogAnswer = LogStepAnswer | LogProgressAnswer | LogEndedAnswer;
