/**
 * What the pages of key-holders and registrars and their worker say to each other.
 *
 * Every request has a number; the last answer to a request is never `progress`.
 */

import type { Forbidden } from "../crypto/opening.ts";
import type { Letter, LetterRequest, PublicLine } from "../crypto/sealed-letters.ts";

/** Make every letter of an election. Answered by `progress` and `issued`. */
export interface IssueRequest {
  readonly kind: "issue";
  readonly id: number;
  readonly request: LetterRequest;
}

/** Check an archive, add it up and make this trustee's share. Answered by `progress` and `opened`. */
export interface OpenRequest {
  readonly kind: "open";
  readonly id: number;
  readonly election: string;
  readonly archive: Uint8Array;
  readonly manifest: Uint8Array;
  readonly board: Uint8Array;
  readonly seed: Uint8Array;
  /** Milliseconds. */
  readonly now: number;
  /** The digest of the total that this trustee opened before, if it knows of one. */
  readonly before: string | null;
}

/** Open the single ballots of a named election to its office. Answered by `progress` and `listed`. */
export interface ListRequest extends Omit<OpenRequest, "kind" | "before"> {
  readonly kind: "list";
  /** `share-proofs.json`. */
  readonly shareProofs: Uint8Array;
  /** What `opened` said of the ballots, if this browser knows. */
  readonly known: string | null;
}

/** Compare what was sealed with the letters. Answered by `progress` and `own`. */
export interface OwnRequest {
  readonly kind: "own";
  readonly id: number;
  readonly archive: Uint8Array;
  /** `parts.json`; null where keys have one part. */
  readonly parts: Uint8Array | null;
  readonly letters: readonly Letter[];
}

export type HoldersRequest = IssueRequest | OpenRequest | ListRequest | OwnRequest;

export interface Progress {
  readonly kind: "progress";
  readonly id: number;
  readonly done: number;
  readonly of: number;
  /** Whether ballots are checked already, and a list of them is being made. */
  readonly making: boolean;
}

export interface Issued {
  readonly kind: "issued";
  readonly id: number;
  readonly letters: readonly Letter[];
  readonly lines: readonly PublicLine[];
}

export interface Opened {
  readonly kind: "opened";
  readonly id: number;
  readonly share: Uint8Array;
  readonly digest: string;
  /** SHA-256 of election and ballots that count. */
  readonly ballots: string;
  readonly counted: number;
  /** In dm². */
  readonly area: string;
}

export interface Listed {
  readonly kind: "listed";
  readonly id: number;
  /** Sealed to the office. */
  readonly list: Uint8Array;
  readonly counted: number;
}

/** Every sealed credential is that of a letter. */
export interface Own {
  readonly kind: "own";
  readonly id: number;
}

/** `twice`: another total was opened before; `fault`: something does not hold, and `sentence` says what. */
export interface HoldersRefused {
  readonly kind: "refused";
  readonly id: number;
  readonly why: Forbidden | "twice" | "fault";
  readonly sentence: string;
}

export type HoldersAnswer = Progress | Issued | Opened | Listed | Own | HoldersRefused;
