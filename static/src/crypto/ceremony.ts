/**
 * What a trustee with a card does in the making of a common key, and how it gets its key back.
 *
 * A trustee on a page keeps the seed of its card and nothing else; what it derives from it is the same each time.
 * Follows SPEC.md §6.2 and §17; mirrors `crypto/ceremony.py` and `crypto/recovery.py`.
 */

import {
  Board, DOMAIN, encodePost, type Introduction, type Post, readCommitment, readKey, readReveal, type Reveal, type Round,
} from "./ceremony-board.ts";
import {
  encodeSigned, encodeTrusteeKey, encodeTrustees, evaluatePowers, makeTrusteeKey, signText, type Trustees,
  verifyCoefficients, verifyTrustees, writeCertificate, writeCoefficients, writeJointStatement,
} from "./ceremony-record.ts";
import { encodeSealedShare, openShare, sealShare } from "./ceremony-share.ts";
import { deriveCoefficients, deriveKeys, type Place } from "./characters.ts";
import { compactJson, hexDigest, sameBytes } from "./encoding.ts";
import { about, VerificationError } from "./errors.ts";
import { multiplyBase, reduce, samePoint } from "./group.ts";
import { signMessage } from "./knowledge.ts";
import { encodeProof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";

/** A trustee on a page. */
export interface Holder {
  readonly seed: Uint8Array;
  readonly place: Place;
  readonly name: string;
}

/** Take the place: keys for signing and receiving, published. */
export function begin(holder: Holder, rng: Randomness): Post {
  const { context, size, threshold, index } = holder.place;
  const { signing, encryption } = deriveKeys(holder.seed, holder.place);
  const text = writeCertificate(size, threshold, index, multiplyBase(signing), multiplyBase(encryption));
  const body = { name: holder.name, certificate: encodeSigned(signText(signing, text, rng)) };
  return new Board(context, size, threshold).writePost("certificates", index, body, signing, rng);
}

/**
 * Commit to the polynomial.
 *
 * @throws ThresholdError: certificates are missing; wait.
 * @throws VerificationError: the board is of another ceremony, or holds another certificate in this place.
 */
export function commit(holder: Holder, board: Board, rng: Randomness): Post {
  requireOwn(holder, board);
  const body = { commitment: commitmentOf(board, holder.place.index, powersText(holder, board)) };
  return board.writePost("commitments", holder.place.index, body, deriveKeys(holder.seed, holder.place).signing, rng);
}

/**
 * Publish the powers of the coefficients, and a sealed share for every trustee.
 *
 * @throws ThresholdError: commitments are missing; wait.
 * @throws VerificationError: the board is not the one that this trustee took part in.
 */
export function reveal(holder: Holder, board: Board, rng: Randomness): Post {
  requireOwn(holder, board);
  const { index } = holder.place;
  const { signing } = deriveKeys(holder.seed, holder.place);
  const text = powersText(holder, board);
  if (readCommitment(board.complete("commitments")[index - 1]!) !== commitmentOf(board, index, text)) {
    throw new VerificationError("the board holds a commitment in your place that you did not make: stop the ceremony");
  }
  const coefficients = coefficientsOf(holder, board);
  const certificates = board.introductions().map((each) => each.certificate);
  const shares = certificates.map((certificate, at) => {
    const share = coefficients.reduceRight((sum, each) => reduce(sum * BigInt(at + 1) + each), 0n);
    return encodeSealedShare(sealShare(share, certificate.encryption, contextOf(board, index, at + 1), rng));
  });
  const statement = writeJointStatement(certificates, coefficients.map(multiplyBase));
  const joint = encodeProof(signMessage(signing, statement, rng));
  const body = { coefficients: encodeSigned(signText(signing, text, rng)), joint, shares };
  return board.writePost("reveals", index, body, signing, rng);
}

/**
 * Check every share received, and publish the key of their sum.
 *
 * @throws ThresholdError: reveals are missing; wait.
 * @throws VerificationError: somebody's commitment, signatures or share are false; the sentence names the trustee.
 */
export function finish(holder: Holder, board: Board, rng: Randomness): Post {
  const { signing } = deriveKeys(holder.seed, holder.place);
  const key = makeTrusteeKey(secretOf(holder, board), rng, holder.name, signing);
  return board.writePost("keys", holder.place.index, encodeTrusteeKey(key), signing, rng);
}

const STEPS: readonly (readonly [Round, (holder: Holder, board: Board, rng: Randomness) => Post])[] = [
  ["certificates", (holder, _, rng) => begin(holder, rng)],
  ["commitments", commit],
  ["reveals", reveal],
  ["keys", finish],
];

/**
 * Return the post that is due from this trustee, or null if all four stand on the board.
 *
 * @throws ThresholdError: others have to act first.
 */
export function nextPost(holder: Holder, board: Board, rng: Randomness): Post | null {
  const due = STEPS.find(([round]) => !board.find(round, holder.place.index));
  return due ? due[1](holder, board, rng) : null;
}

/** Write a post as the server takes it. */
export function writtenPost(post: Post): Uint8Array {
  return compactJson(encodePost(post));
}

/**
 * Return the trustee on a board whose certificate was made from `seed`.
 *
 * @throws VerificationError: it is nobody's.
 */
export function findHolder(seed: Uint8Array, board: Board): Holder {
  for (const [at, introduction] of board.introductions().entries()) {
    const place = { context: board.context, size: board.size, threshold: board.threshold, index: at + 1 };
    if (samePoint(introduction.certificate.encryption, multiplyBase(deriveKeys(seed, place).encryption))) {
      return { seed, place, name: introduction.name };
    }
  }
  throw new VerificationError("the card belongs to nobody on this board: it is of another election, or of no key");
}

/**
 * Return the share of the key, after checking that the finished board holds the key that belongs to it.
 *
 * @throws ThresholdError: the ceremony is not complete.
 * @throws VerificationError: the board does not hold.
 */
export function recoverSecret(holder: Holder, board: Board): bigint {
  const secret = secretOf(holder, board);
  const own = readKey(board.complete("keys")[holder.place.index - 1]!);
  if (!samePoint(own.publicKey, multiplyBase(secret))) {
    throw new VerificationError("the key in your place is not yours: stop, and tell the other trustees");
  }
  return secret;
}

/**
 * Write trustees.json from a complete board, after checking all of it.
 *
 * @throws ThresholdError: keys are missing; wait.
 * @throws VerificationError: something a trustee posted does not hold; the sentence names it.
 */
export function assembleTrustees(board: Board): Uint8Array {
  const reveals = verifiedReveals(board);
  const introductions = board.introductions();
  const keys = board.complete("keys").map(readKey);
  keys.forEach((key, at) => {
    if (key.name !== introductions[at]!.name) {
      throw new VerificationError(`${label(introductions, at)}: the key carries another name than the certificate`);
    }
  });
  const trustees: Trustees = {
    threshold: board.threshold,
    certificates: introductions.map((each) => each.certificate),
    coefficients: reveals.map((each) => each.coefficients),
    signatures: reveals.map((each) => each.joint),
    keys,
  };
  verifyTrustees(trustees);
  return encodeTrustees(trustees);
}

/**
 * Raise unless `trustees` is what this trustee took part in.
 *
 * @throws VerificationError: it is something else.
 */
export function verifyAssembled(board: Board, trustees: Uint8Array): void {
  if (!sameBytes(trustees, assembleTrustees(board))) {
    throw new VerificationError("the trustees of the election are not those of this ceremony");
  }
}

function secretOf(holder: Holder, board: Board): bigint {
  requireOwn(holder, board);
  const { index } = holder.place;
  const { encryption } = deriveKeys(holder.seed, holder.place);
  const introductions = board.introductions();
  return verifiedReveals(board).reduce((sum, each, at) => {
    const share = about(label(introductions, at), () => {
      const opened = openShare(each.shares[index - 1]!, encryption, contextOf(board, at + 1, index));
      if (!samePoint(multiplyBase(opened), evaluatePowers(each.coefficients.powers, index))) {
        throw new VerificationError(`the share for trustee ${index} does not fit the published coefficients`);
      }
      return opened;
    });
    return reduce(sum + share);
  }, 0n);
}

function requireOwn(holder: Holder, board: Board): void {
  const { context, size, threshold, index } = holder.place;
  if (board.context !== context || board.size !== size || board.threshold !== threshold) {
    throw new VerificationError("the board belongs to another ceremony");
  }
  const { signing, encryption } = deriveKeys(holder.seed, holder.place);
  const { name, certificate } = board.introductions()[index - 1]!;
  const own = name === holder.name && samePoint(certificate.verification, multiplyBase(signing));
  if (!own || !samePoint(certificate.encryption, multiplyBase(encryption))) {
    throw new VerificationError("the board holds a certificate in your place that is not yours: stop the ceremony");
  }
}

function verifiedReveals(board: Board): Reveal[] {
  const introductions = board.introductions();
  const certificates = introductions.map((each) => each.certificate);
  const commitments = board.complete("commitments").map(readCommitment);
  return board.complete("reveals").map((post, at) =>
    about(label(introductions, at), () => {
      const each = readReveal(post, board.size);
      if (commitments[at] !== commitmentOf(board, at + 1, each.coefficients.signed.message)) {
        throw new VerificationError("the coefficients are not those committed to before");
      }
      verifyCoefficients(each.coefficients, each.joint, certificates, at + 1);
      return each;
    }),
  );
}

function coefficientsOf(holder: Holder, board: Board): bigint[] {
  return deriveCoefficients(holder.seed, holder.place, board.digest("certificates"));
}

function powersText(holder: Holder, board: Board): string {
  return writeCoefficients(coefficientsOf(holder, board).map(multiplyBase));
}

function commitmentOf(board: Board, index: number, text: string): string {
  return hexDigest(compactJson([DOMAIN, "commitment", board.context, index, text]));
}

function contextOf(board: Board, sender: number, receiver: number): Uint8Array {
  return compactJson([DOMAIN, "share", board.context, board.digest("certificates"), sender, receiver]);
}

function label(introductions: readonly Introduction[], at: number): string {
  return `trustee ${at + 1} (${introductions[at]!.name})`;
}
