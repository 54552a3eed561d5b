/**
 * A ballot: the answers to every question, sealed, and signed with the voter's key.
 *
 * Reading asks for the one spelling; `verifyBallot` asks whether everything is true; only both make a ballot acceptable.
 * Follows SPEC.md §5; mirrors `crypto/ballot.py`. Not here: whether the credential is on the list, whether the same
 * bytes were cast before.
 */

import { type Answer, type AnswerJson, decodeAnswer, encodeAnswer, sealAnswer, verifyAnswer } from "./answer.ts";
import type { Election } from "./election.ts";
import {
  compactJson,
  fingerprint,
  readJson,
  requireFields,
  requireFingerprint,
  requireList,
  requireText,
  sameBytes,
} from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { decodePoint, encodePoint, IDENTITY, multiplyBase, type Point, type PointReader } from "./group.ts";
import { readPoint, samePoint } from "./group.ts";
import { proveKnowledge, verifyKnowledge } from "./knowledge.ts";
import { decodeProof, encodeProof, type Proof } from "./proof.ts";
import { requireAllowed } from "./question.ts";
import type { Randomness } from "./randomness.ts";

export interface Ballot {
  readonly electionUuid: string;
  /** φ, the election's fingerprint. */
  readonly electionHash: string;
  /** The public credential. */
  readonly credential: Point;
  /** One for each question of the election, in its order. */
  readonly answers: readonly Answer[];
  /** H0, the fingerprint of the ballot without its signature, as the ballot claims it. */
  readonly signatureHash: string;
  readonly signature: Proof;
}

interface Unsigned {
  readonly election_uuid: string;
  readonly election_hash: string;
  readonly credential: string;
  readonly answers: readonly AnswerJson[];
}

const FIELDS = ["election_uuid", "election_hash", "credential", "answers", "signature"];
const SIGNATURE_FIELDS = ["hash", "proof"];

/** Return the name under which the voter finds the ballot again: the fingerprint of its bytes, 43 characters. */
export function tracker(data: Uint8Array): string {
  return fingerprint(data);
}

/** Write a ballot in its one spelling. */
export function encodeBallot(ballot: Ballot): Uint8Array {
  return compactJson({
    ...unsigned(ballot),
    signature: { hash: ballot.signatureHash, proof: encodeProof(ballot.signature) },
  });
}

/**
 * Read the bytes of a ballot that was made for `election`.
 *
 * @throws MalformedError: the bytes are no ballot, not in canonical spelling, or not of the election's shape.
 * @throws VerificationError: the ballot was made for another election, or a point is outside the group.
 */
export function decodeBallot(data: Uint8Array, election: Election): Ballot {
  return readBallot(data, election, decodePoint);
}

/**
 * Return the ballot of some bytes, wholly checked: quicker than `decodeBallot` and `verifyBallot`.
 *
 * @throws MalformedError: as `decodeBallot`.
 * @throws VerificationError: as `decodeBallot` and `verifyBallot`.
 */
export function acceptBallot(data: Uint8Array, election: Election): Ballot {
  const ballot = readBallot(data, election, readPoint);
  verifyBallot(election, ballot);
  return ballot;
}

function readBallot(data: Uint8Array, election: Election, read: PointReader): Ballot {
  const fields = requireFields(readJson(data, "the ballot"), FIELDS, "the ballot");
  if (requireText(fields["election_uuid"], "the ballot, election") !== election.uuid) {
    throw new VerificationError("the ballot was made for another election: its uuid differs");
  }
  if (requireText(fields["election_hash"], "the ballot, election hash") !== election.fingerprint) {
    throw new VerificationError("the ballot was made for another version of this election: the fingerprint differs");
  }
  const credential = decodePoint(fields["credential"], "the ballot, credential");
  if (samePoint(credential, IDENTITY)) {
    throw new MalformedError("the ballot, credential: the identity is nobody's key");
  }
  const answers = requireList(fields["answers"], "the ballot, answers", election.questions.length);
  const signature = requireFields(fields["signature"], SIGNATURE_FIELDS, "the ballot, signature");
  const ballot: Ballot = {
    electionUuid: election.uuid,
    electionHash: election.fingerprint,
    credential,
    signatureHash: requireFingerprint(signature["hash"], "the ballot, signature hash"),
    answers: election.questions.map((question, index) =>
      decodeAnswer(answers[index], question, `question ${index + 1}`, read),
    ),
    signature: decodeProof(signature["proof"], "the ballot, signature proof"),
  };
  if (!sameBytes(encodeBallot(ballot), data)) {
    throw new MalformedError("the ballot is not in canonical spelling: spaces, order of fields or escapes differ");
  }
  return ballot;
}

/**
 * Raise unless the signature and every proof of `ballot`, decoded for `election`, hold.
 *
 * @throws VerificationError: one does not; the sentence names question and choice.
 */
export function verifyBallot(election: Election, ballot: Ballot): void {
  verifySignature(ballot);
  const binding = bindingOf(election, encodePoint(ballot.credential));
  election.questions.forEach((question, index) => {
    verifyAnswer(binding, election.publicKey, question, ballot.answers[index]!, `question ${index + 1}`);
  });
}

/**
 * Raise unless `ballot` was signed, as it is, with its credential; of its choices this says nothing.
 *
 * @throws VerificationError: it was not.
 */
export function verifySignature(ballot: Ballot): void {
  if (fingerprint(compactJson(unsigned(ballot))) !== ballot.signatureHash) {
    throw new VerificationError("the ballot was changed after it was signed: the signed hash differs");
  }
  try {
    verifyKnowledge(`sig|${ballot.signatureHash}|`, ballot.credential, ballot.signature);
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    throw new VerificationError("the signature of the ballot was not made with its credential");
  }
}

/**
 * Make the bytes of a ballot.
 *
 * @param election what is voted on.
 * @param secret the voter's signing key.
 * @param choices for each question one 0 or 1 for each choice; the blank vote first, where there is one.
 * @param rng gives all nonces, of which none is kept or returned.
 * @param onSealed is told after each question how many are sealed.
 * @throws MalformedError: the election does not allow these choices.
 */
export function sealBallot(
  election: Election,
  secret: bigint,
  choices: readonly (readonly number[])[],
  rng: Randomness,
  onSealed: (done: number) => void = () => undefined,
): Uint8Array {
  const { questions, uuid: electionUuid, fingerprint: electionHash } = election;
  if (choices.length !== questions.length) {
    throw new MalformedError(`${questions.length} questions are to be answered, not ${choices.length}`);
  }
  questions.forEach((question, index) => {
    requireAllowed(question, choices[index]!, `question ${index + 1}`);
  });
  const credential = multiplyBase(secret);
  const binding = bindingOf(election, encodePoint(credential));
  const answers = questions.map((question, index) => {
    const answer = sealAnswer(binding, election.publicKey, question, choices[index]!, rng);
    onSealed(index + 1);
    return answer;
  });
  const signatureHash = fingerprint(compactJson(unsigned({ electionUuid, electionHash, credential, answers })));
  const signature = proveKnowledge(`sig|${signatureHash}|`, secret, credential, rng);
  return encodeBallot({ electionUuid, electionHash, credential, answers, signatureHash, signature });
}

/** Return S0, which every proof of a ballot hashes. */
function bindingOf(election: Election, credential: string): string {
  return `${election.fingerprint}|${credential}`;
}

function unsigned(ballot: Omit<Ballot, "signatureHash" | "signature">): Unsigned {
  return {
    election_uuid: ballot.electionUuid,
    election_hash: ballot.electionHash,
    credential: encodePoint(ballot.credential),
    answers: ballot.answers.map(encodeAnswer),
  };
}
