/**
 * Re-checks a whole election from its archive alone, in steps that can be done by several workers.
 *
 * Sum, shares and result can be checked before every single ballot is: a ballot whose points are not in the group makes
 * its own check fail, and only both together say that an archive is right. Follows SPEC.md §10; mirrors `crypto/audit.py`.
 */

import type { Archive, Setup, SizedTally, StoredShare } from "./archive.ts";
import { acceptBallot, type Ballot, decodeBallot } from "./ballot.ts";
import { decodeElection, type Election } from "./election.ts";
import { sameBytes } from "./encoding.ts";
import { about, CryptoError, VerificationError } from "./errors.ts";
import { encodePoint, ORDER, samePoint, tabulate } from "./group.ts";
import { decodePublicCredentials } from "./public-credentials.ts";
import { combineShares, decodeResult, ThresholdError, type Totals, verifyResult } from "./result.ts";
import { type Factors, verifyExtraProof, verifyShare } from "./share-check.ts";
import { effectivePositions, type EncryptedTally, encodeTally, sumBallots } from "./tally.ts";
import { decodeTrustees, type Group, keyOf, labelOf, publicKeyOf, verifyTrustees } from "./trustees.ts";

/** What the later steps need of a checked set-up. */
export interface AuditedSetup {
  readonly election: Election;
  readonly trustees: readonly Group[];
  /** The weight of each public credential. */
  readonly weights: ReadonlyMap<string, bigint>;
}

/** What is wrong with one share. */
export interface Fault {
  readonly owner: number;
  readonly sentence: string;
}

export interface AuditedShares {
  readonly good: ReadonlyMap<number, Factors>;
  readonly faults: readonly Fault[];
}

/** What the ballots that count add up to. */
export interface Sum {
  readonly tally: EncryptedTally;
  readonly numTallied: number;
  readonly totalWeight: bigint;
}

/** What was found in an archive in which nothing is wrong. */
export interface Audit {
  readonly setup: AuditedSetup;
  readonly ballots: number;
  readonly effective: number;
  readonly castWeight: bigint;
  readonly faults: readonly Fault[];
  readonly totals: Totals | null;
}

/**
 * Check everything in an archive.
 *
 * @param extraProofs the documents beside it, by owner, where there are any (SPEC.md §7.3).
 * @throws CryptoError: something is wrong; the sentence says what and where.
 */
export function auditArchive(archive: Archive, extraProofs: ReadonlyMap<number, Uint8Array> | null = null): Audit {
  const setup = auditSetup(archive.setup);
  requireDistinct(archive.ballots);
  const ballots = archive.ballots.map((data, index) => checkBallot(setup, data, index + 1));
  const sum = sumEffective(setup, ballots);
  const { totalWeight: castWeight, numTallied: effective } = sum;
  let [faults, totals]: [readonly Fault[], Totals | null] = [[], null];
  if (archive.encryptedTally) {
    requireSum(sum, archive.encryptedTally);
    const shares = auditShares(setup, sum.tally, archive.shares, extraProofs);
    faults = shares.faults;
    if (archive.result) totals = auditResult(setup, sum.tally, shares, castWeight, archive.result);
  }
  return { setup, ballots: ballots.length, effective, castWeight, faults, totals };
}

/**
 * Check what was fixed before the first ballot.
 *
 * @throws CryptoError: a document is none of its kind, a proof does not hold, or the keys do not make the election's.
 */
export function auditSetup(documents: Setup): AuditedSetup {
  return about("event 0 (Setup)", () => {
    const election = decodeElection(documents.election);
    const trustees = decodeTrustees(documents.trustees);
    verifyTrustees(trustees);
    if (!samePoint(publicKeyOf(trustees), election.publicKey)) {
      throw new VerificationError("the election's public key is not the product of its trustees' keys");
    }
    const weights = decodePublicCredentials(documents.credentials);
    let total = 0n;
    for (const weight of weights.values()) total += weight;
    if (total >= ORDER) throw new VerificationError("the weights add up to more than can be counted");
    tabulate(election.publicKey);
    return { election, trustees, weights };
  });
}

/**
 * Return ballot `number` (from 1) after checking it; needs no other ballot.
 *
 * @param proofs whether its proofs and its signature are checked, or only its spelling and its credential.
 * @throws CryptoError: it is no ballot of this election by a listed credential, or a proof does not hold.
 */
export function checkBallot(setup: AuditedSetup, data: Uint8Array, number: number, proofs = true): Ballot {
  return about(`event ${number} (Ballot)`, () => {
    const ballot = proofs ? acceptBallot(data, setup.election) : decodeBallot(data, setup.election);
    if (!setup.weights.has(encodePoint(ballot.credential))) {
      throw new VerificationError("its credential is not on the list of this election");
    }
    return ballot;
  });
}

/** Raise `VerificationError` if a ballot is stored twice, byte for byte. */
export function requireDistinct(ballots: readonly Uint8Array[]): void {
  const decoder = new TextDecoder("latin1");
  const first = new Map<string, number>();
  ballots.forEach((data, index) => {
    const text = decoder.decode(data);
    const other = first.get(text);
    if (other !== undefined) {
      throw new VerificationError(`event ${index + 1} (Ballot): the same ballot stands in event ${other} already`);
    }
    first.set(text, index + 1);
  });
}

/** Return the sealed sum of the ballots that count. */
export function sumEffective(setup: AuditedSetup, ballots: readonly Ballot[]): Sum {
  const credentials = ballots.map((ballot) => encodePoint(ballot.credential));
  const counted = effectivePositions(credentials).map((position) => ({
    choices: ballots[position]!.answers.map((answer) => answer.choices),
    weight: setup.weights.get(credentials[position]!)!,
  }));
  const totalWeight = counted.reduce((sum, { weight }) => sum + weight, 0n);
  return { tally: sumBallots(setup.election, counted), numTallied: counted.length, totalWeight };
}

/** Raise `VerificationError` unless the archive claims just what was computed. */
export function requireSum(sum: Sum, record: SizedTally): void {
  about("event EncryptedTally", () => {
    if (record.numTallied !== sum.numTallied) {
      throw new VerificationError(`it counts ${record.numTallied} ballots, but ${sum.numTallied} count`);
    }
    if (record.totalWeight !== sum.totalWeight) {
      throw new VerificationError(
        `it says a total weight of ${record.totalWeight}, but the ballots that count weigh ${sum.totalWeight}`,
      );
    }
    if (!sameBytes(record.tally, encodeTally(sum.tally))) {
      throw new VerificationError("the encrypted sum is not that of the ballots that count");
    }
  });
}

/** Sort the shares into good ones and faults; where there are extra proofs, a good share needs one. */
export function auditShares(
  setup: AuditedSetup,
  tally: EncryptedTally,
  shares: readonly StoredShare[],
  extraProofs: ReadonlyMap<number, Uint8Array> | null,
): AuditedShares {
  const good = new Map<number, Factors>();
  const faults: Fault[] = [];
  for (const { owner, payload } of shares) {
    try {
      const factors = about(labelOf(setup.trustees, owner), () => {
        const key = keyOf(setup.trustees, owner).publicKey;
        const found = verifyShare(setup.election, key, tally, payload);
        if (extraProofs) {
          const extra = extraProofs.get(owner);
          if (!extra) throw new VerificationError("the extra proof of the share is missing");
          verifyExtraProof(setup.election, owner, key, tally, payload, extra);
        }
        if (good.has(owner)) throw new VerificationError("a second share; the first one is used");
        return found;
      });
      good.set(owner, factors);
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      faults.push({ owner, sentence: error.message });
    }
  }
  return { good, faults };
}

/**
 * Return the result after opening the sealed sum again.
 *
 * @throws CryptoError: too few good shares, or it is not what the shares open.
 */
export function auditResult(
  setup: AuditedSetup, tally: EncryptedTally, shares: AuditedShares, totalWeight: bigint, data: Uint8Array,
): Totals {
  try {
    return about("event Result", () => {
      const factors = combineShares(setup.trustees, shares.good);
      const totals = decodeResult(data);
      verifyResult(tally, factors, totals, totalWeight);
      return totals;
    });
  } catch (error) {
    if (!(error instanceof ThresholdError)) throw error;
    throw new ThresholdError(["event Result", error.message].join(": ") + shares.faults.map((f) => `; ${f.sentence}`).join(""));
  }
}
