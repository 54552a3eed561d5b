/**
 * What the trustees of a key ceremony say to each other, in public and in four rounds.
 *
 * Follows SPEC.md §6.1; mirrors `crypto/ceremony_post.py` and `crypto/ceremony_board.py`.
 */

import {
  type Certificate, type Coefficients, decodeCertificate, decodeCoefficients, decodeTrusteeKey, MAX_SIZE,
  type TrusteeKey, verifyCertificate,
} from "./ceremony-record.ts";
import { decodeSealedShare, type SealedShare } from "./ceremony-share.ts";
import {
  compactJson, hexDigest, readJson, requireDigest, requireFields, requireList, requireText, requireWhole, toUtf8,
} from "./encoding.ts";
import { about, CryptoError, MalformedError, VerificationError } from "./errors.ts";
import type { Json, JsonObject } from "./json.ts";
import { signMessage, verifyMessage } from "./knowledge.ts";
import { decodeProof, encodeProof, type Proof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

export const DOMAIN = "shanzhi ceremony 1";
export const ROUNDS = ["certificates", "commitments", "reveals", "keys"] as const;
const VERSION = 1;
const SHORT = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;

export type Round = (typeof ROUNDS)[number];

/** Others have to act first. */
export class ThresholdError extends CryptoError {
  override readonly name = "ThresholdError";
}

/** One trustee's message of one round; `body` is JSON, signed as it stands. */
export interface Post {
  readonly round: Round;
  /** The trustee's number, from 1. */
  readonly index: number;
  readonly body: string;
  readonly signature: Proof;
}

export interface Introduction {
  readonly name: string;
  readonly certificate: Certificate;
}

export interface Reveal {
  readonly coefficients: Coefficients;
  readonly joint: Proof;
  readonly shares: readonly SealedShare[];
}

/** The posts of one ceremony. */
export class Board {
  constructor(
    readonly context: string,
    readonly size: number,
    readonly threshold: number,
    readonly posts: readonly Post[] = [],
  ) {
    if (threshold < 1 || threshold > size || size > MAX_SIZE) {
      throw new MalformedError(`a threshold of ${threshold} does not go with ${size} trustees`);
    }
    requireShort(context, "the context of the ceremony");
  }

  /** Return the post of a trustee in a round, if there is one. */
  find(round: Round, index: number): Post | undefined {
    return this.posts.find((post) => post.round === round && post.index === index);
  }

  /** Return the numbers of the trustees who have not posted in a round. */
  missing(round: Round): number[] {
    return Array.from({ length: this.size }, (_, at) => at + 1).filter((index) => !this.find(round, index));
  }

  /**
   * Return all posts of a round in order.
   *
   * @throws ThresholdError: somebody has not posted yet; wait.
   */
  complete(round: Round): Post[] {
    const missing = this.missing(round);
    if (missing.length) {
      throw new ThresholdError(`the round of ${round} is not complete: trustee ${missing.join(", ")} has not posted yet`);
    }
    return this.posts.filter((post) => post.round === round).sort((left, right) => left.index - right.index);
  }

  /** Return SHA-256 of all posts of a complete round, in hex. */
  digest(round: Round): string {
    return hexDigest(compactJson(this.complete(round).map(encodePost)));
  }

  /**
   * Return the board with one more post.
   *
   * @throws CryptoError: there is no such place, it is taken, its round is not open, or the signature is false.
   */
  put(post: Post): Board {
    if (post.index < 1 || post.index > this.size) {
      throw new MalformedError(`there is no trustee ${post.index}, only 1 to ${this.size}`);
    }
    for (const earlier of ROUNDS.slice(0, ROUNDS.indexOf(post.round))) this.complete(earlier);
    about(`trustee ${post.index}`, () => {
      if (this.find(post.round, post.index)) {
        throw new VerificationError(`there is a post in the round of ${post.round} already, and none is replaced`);
      }
      this.verify(post);
    });
    return new Board(this.context, this.size, this.threshold, [...this.posts, post]);
  }

  /** Return names and certificates in order. */
  introductions(): Introduction[] {
    return this.complete("certificates").map(readIntroduction);
  }

  /** Return a post of trustee `index`, signed with the `secret` of its certificate. */
  writePost(round: Round, index: number, body: unknown, secret: bigint, rng: Randomness): Post {
    const text = JSON.stringify(body);
    return { round, index, body: text, signature: signMessage(secret, this.textOf(round, index, text), rng) };
  }

  private verify(post: Post): void {
    let certificate: Certificate;
    if (post.round === "certificates") {
      certificate = readIntroduction(post).certificate;
      verifyCertificate(certificate, this.size, this.threshold, post.index);
    } else {
      certificate = readIntroduction(this.find("certificates", post.index)!).certificate;
      if (post.round === "commitments") readCommitment(post);
      else if (post.round === "reveals") readReveal(post, this.size);
      else readKey(post);
    }
    verifyMessage(certificate.verification, this.textOf(post.round, post.index, post.body), post.signature);
  }

  private textOf(round: Round, index: number, body: string): string {
    return JSON.stringify([DOMAIN, round, this.context, this.size, this.threshold, index, body]);
  }
}

/** Return `text` if it is one line of 1 to 200 printable characters. */
export function requireShort(text: string, what: string): string {
  if (!SHORT.test(text)) throw new MalformedError(`${what}: one line of 1 to 200 printable characters is expected`);
  return text;
}

export function readIntroduction(post: Post): Introduction {
  const fields = readBody(post, ["name", "certificate"]);
  const name = requireShort(requireText(fields["name"], "the name"), "the name");
  return { name, certificate: decodeCertificate(fields["certificate"], "the certificate") };
}

export function readCommitment(post: Post): string {
  return requireDigest(readBody(post, ["commitment"])["commitment"], "the commitment");
}

export function readReveal(post: Post, size: number): Reveal {
  const fields = readBody(post, ["coefficients", "joint", "shares"]);
  return {
    coefficients: decodeCoefficients(fields["coefficients"], "the coefficients"),
    joint: decodeProof(fields["joint"], "the joint signature"),
    shares: requireList(fields["shares"], "the shares", size).map((share, at) =>
      decodeSealedShare(share, `the share for trustee ${at + 1}`),
    ),
  };
}

export function readKey(post: Post): TrusteeKey {
  return decodeTrusteeKey(readJson(toUtf8(post.body), "the post"), "the key");
}

/** Write a post as JSON has it. */
export function encodePost(post: Post) {
  return { round: post.round, index: post.index, body: post.body, signature: encodeProof(post.signature) };
}

/**
 * Read a whole board, checking every post again.
 *
 * @throws CryptoError: not a board, or a post does not hold.
 */
export function decodeBoard(data: Uint8Array): Board {
  const what = "the board";
  const fields = requireFields(readJson(data, what), ["version", "context", "size", "threshold", "posts"], what);
  if (requireWhole(fields["version"], `${what}, version`) !== VERSION) {
    throw new MalformedError(`${what}: only version ${VERSION} is known`);
  }
  const empty = new Board(
    requireText(fields["context"], `${what}, context`),
    requireWhole(fields["size"], `${what}, size`, 1),
    requireWhole(fields["threshold"], `${what}, threshold`, 1),
  );
  return requireList(fields["posts"], `${what}, posts`).reduce((board: Board, value) => board.put(decodePost(value)), empty);
}

function decodePost(value: Json): Post {
  const fields = requireFields(value, ["round", "index", "body", "signature"], "the post");
  const round = requireText(fields["round"], "the post, round");
  if (!(ROUNDS as readonly string[]).includes(round)) throw new MalformedError("the post, round: it is none");
  return {
    round: round as Round,
    index: requireWhole(fields["index"], "the post, index", 1),
    body: requireText(fields["body"], "the post, body"),
    signature: decodeProof(fields["signature"], "the post, signature"),
  };
}

function readBody(post: Post, names: readonly string[]): JsonObject {
  return requireFields(readJson(toUtf8(post.body), "the post"), names, "the post");
}
