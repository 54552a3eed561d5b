/**
 * What a page and the sealing worker say to each other.
 *
 * * Every request has a number of the page's choosing; every answer carries the number of its request.
 * * Requests are answered one after the other. The last answer to a request is never `progress`.
 * * Nothing of a request is kept once it is answered but tables made of the election's public key.
 *
 * A page starts it with `new Worker(asset("worker/seal.js"), { type: "module" })` and ends it once the ballot is cast.
 * Worker files are served under a policy that forbids them every connection, so what the worker holds cannot leave it
 * but by these messages.
 */

import type { Act, Asked } from "../crypto/petition.ts";

/** The election as published. */
export interface ElectionText {
  /** `election.json` as it was served, not parsed and written again. */
  readonly json: string;
  /** φ, 43 characters, which the page has from elsewhere than the text. */
  readonly fingerprint: string;
}

/** The parts of a voting key. */
export interface KeyParts {
  /** The letter's part as typed or scanned: hyphens, blanks and full-width characters do not matter, capitals do. */
  readonly letter: string;
  /** As `POST /api/elections/{election}/part` answers; null where keys have one part. */
  readonly platform: { readonly part: string; readonly public: string } | null;
  /** The public credential that the parts must make, 64 hex digits; null where nobody but the letter says it. */
  readonly credential: string | null;
}

/** Get ready: check the election and make tables, so that sealing is quick later. Answered by `ready`. */
export interface WarmRequest {
  readonly kind: "warm";
  readonly id: number;
  readonly election: ElectionText;
}

/** What was sealed of voters' keys, as it was served. */
export interface PublishedText {
  /** `manifest.json`. */
  readonly manifest: string;
  /** `public_creds.json`. */
  readonly credentials: string;
}

/**
 * Check that the parts make the credential and that it was sealed, as soon as they are there: a page asks for nothing to be
 * signed with parts that were not checked. Answered by `checked`.
 */
export interface CheckRequest {
  readonly kind: "check";
  readonly id: number;
  readonly election: ElectionText;
  readonly key: KeyParts;
  readonly published: PublishedText;
}

/** What was sealed of a key. */
export interface Checked {
  readonly kind: "checked";
  readonly id: number;
  /** The public credential that the parts make. */
  readonly credential: string;
  /** What it stands for, in dm² (0.01 m²). */
  readonly areaDm2: number;
}

/** Sign the agreement to vote electronically. Answered by `agreed`. */
export interface AgreeRequest {
  readonly kind: "agree";
  readonly id: number;
  readonly election: ElectionText;
  readonly key: KeyParts;
  /** The text as it stands on the page; it has to be that of `GET /elections/{election}/agreement-text`. */
  readonly text: string;
}

/** Sign a petition, take the signature back, or end the petition. Answered by `worded`. */
export interface WordRequest {
  readonly kind: "word";
  readonly id: number;
  readonly election: ElectionText;
  readonly key: KeyParts;
  /** The petition as it stands on the page. */
  readonly asked: Asked;
  readonly act: Act;
}

/** What the page shows of a question. */
export interface Shown {
  readonly text: string;
  /** The answers in order, without the blank vote. */
  readonly answers: readonly string[];
}

/** Seal and sign a ballot. Answered by some `progress` and then `sealed`. */
export interface SealRequest {
  readonly kind: "seal";
  readonly id: number;
  readonly election: ElectionText;
  readonly key: KeyParts;
  /** For each question one 0 or 1 for each choice; the blank vote first where the question has one. */
  readonly choices: readonly (readonly number[])[];
  /** Each question as the page shows it: choices are places, and nothing is sealed if another text stands there. */
  readonly shown: readonly Shown[];
}

/** Check what the server answered to a ballot: that it is signed to have come in. Answered by `ready`. */
export interface PromiseRequest {
  readonly kind: "promise";
  readonly id: number;
  readonly election: ElectionText;
  /** `manifest.json` and the receipt, as they were served. */
  readonly manifest: string;
  readonly receipt: string;
  readonly tracker: string;
}

export type SealingRequest = WarmRequest | CheckRequest | AgreeRequest | SealRequest | PromiseRequest | WordRequest;

/** What was asked for is done. */
export interface Ready {
  readonly kind: "ready";
  readonly id: number;
}

/** So much of a ballot is sealed; for a bar that moves. */
export interface Progress {
  readonly kind: "progress";
  readonly id: number;
  readonly done: number;
  readonly of: number;
}

/** The body for `POST /api/elections/{election}/agreements`. */
export interface Agreed {
  readonly kind: "agreed";
  readonly id: number;
  readonly agreement: string;
}

/** The body for `POST /api/estates/{estate}/petitions/{petition}/words`. */
export interface Worded {
  readonly kind: "worded";
  readonly id: number;
  readonly word: string;
}

/** The body for `POST /api/elections/{election}/ballots`, and the name under which it is found again. */
export interface Sealed {
  readonly kind: "sealed";
  readonly id: number;
  readonly ballot: string;
  readonly tracker: string;
}

/**
 * Why a request was refused:
 *
 * * `letter`: what was typed has not the form of a letter's part
 * * `key`: the parts do not make the credential, as with the letter of another home or another vote, or it is not on the
 *   list that was sealed
 * * `election`: the text is no election, has another fingerprint, or asks something else than the page shows
 * * `choices`: the election does not allow them
 * * `promise`: the server's answer is no promise for this ballot, signed with the key that was sealed
 * * `fault`: anything else, as a browser without secure randomness
 */
export type RefusalReason = "letter" | "key" | "election" | "choices" | "promise" | "fault";

export interface Refused {
  readonly kind: "refused";
  readonly id: number;
  readonly reason: RefusalReason;
}

export type SealingAnswer = Ready | Checked | Progress | Agreed | Sealed | Worded | Refused;
