/**
 * Whether a trustee may open an archive, and the total that it then opens: everything is checked and added up here.
 *
 * The checks are those of `vote trustee decrypt`: own election and own trustees, voting over by archive and clock, the
 * sealed credentials and weights, every ballot with signature and proofs, none twice, the archive's own sum if it has one.
 * Follows SPEC.md §7, §8, §10; mirrors `vote/trustee/opening.py`.
 */

import { readArchive } from "./archive.ts";
import { auditSetup, checkBallot, requireDistinct, requireSum, sumEffective } from "./audit.ts";
import { type Ballot } from "./ballot.ts";
import type { Election } from "./election.ts";
import { compactJson, hexDigest } from "./encoding.ts";
import { multiplyBase, samePoint } from "./group.ts";
import { type EncryptedTally, encodeTally } from "./tally.ts";
import { keyOf } from "./trustees.ts";

const DESCRIPTION = /^善治 manifest sha256=([0-9a-f]{64}) base=(10{1,15}) total=area_dm2\*base\+heads$/;

/** Why a trustee must not open: another election, other trustees, voting goes on, other weights, too early by the clock. */
export type Forbidden = "other" | "trustees" | "voting" | "weights" | "clock";

/** The trustee must not open this. */
export class NotAllowedError extends Error {
  constructor(readonly why: Forbidden) {
    super(why);
  }
}

/** What an archive is compared with. */
export interface Asked {
  readonly election: string;
  readonly archive: Uint8Array;
  readonly manifest: Uint8Array;
  /** SHA-256 in hex of the trustees.json of the own ceremony. */
  readonly trustees: string;
  readonly index: number;
  readonly secret: bigint;
  readonly now: Date;
}

/** What may be opened. */
export interface Total {
  readonly election: Election;
  readonly tally: EncryptedTally;
  /** How many ballots count. */
  readonly counted: number;
  /** In dm², of the ballots that count. */
  readonly area: bigint;
  /** SHA-256 of election and sealed total: of one election a trustee opens one. */
  readonly digest: string;
}

/**
 * Return the sealed total of an archive, added up anew from ballots that were checked here.
 *
 * @param onChecked is told how many ballots are checked, of how many.
 * @throws NotAllowedError: it is not the trustee's to open, or not yet.
 * @throws CryptoError: something in the archive does not hold.
 */
export function checkedTotal(asked: Asked, onChecked: (done: number, of: number) => void = () => undefined): Total {
  const archive = readArchive(asked.archive);
  const setup = auditSetup(archive.setup);
  const { election } = setup;
  if (election.uuid !== asked.election) throw new NotAllowedError("other");
  const own = hexDigest(archive.setup.trustees) === asked.trustees;
  if (!own || !samePoint(keyOf(setup.trustees, asked.index).publicKey, multiplyBase(asked.secret))) {
    throw new NotAllowedError("trustees");
  }
  if (!archive.ended) throw new NotAllowedError("voting");
  const base = requireSealed(asked, election, archive.setup.credentials);
  requireDistinct(archive.ballots);
  const ballots: Ballot[] = archive.ballots.map((data, at) => {
    const ballot = checkBallot(setup, data, at + 1);
    onChecked(at + 1, archive.ballots.length);
    return ballot;
  });
  const sum = sumEffective(setup, ballots);
  if (archive.encryptedTally) requireSum(sum, archive.encryptedTally);
  const digest = hexDigest(compactJson([election.fingerprint, hexDigest(encodeTally(sum.tally))]));
  return { election, tally: sum.tally, counted: sum.numTallied, area: sum.totalWeight / base, digest };
}

/** Return the base of the weights, after comparing them with the manifest that every ballot pins, and closing with the clock. */
function requireSealed(asked: Asked, election: Election, credentials: Uint8Array): bigint {
  const pinned = DESCRIPTION.exec(election.description);
  if (!pinned || pinned[1] !== hexDigest(asked.manifest)) throw new NotAllowedError("weights");
  // The digest pins every byte of it, so it was in its one spelling when it was sealed.
  const manifest = JSON.parse(new TextDecoder().decode(asked.manifest)) as Record<string, unknown>;
  if (manifest["credentials_sha256"] !== hexDigest(credentials) || String(manifest["base"]) !== pinned[2]) {
    throw new NotAllowedError("weights");
  }
  const closes = Date.parse(String(manifest["closes_at"]));
  // A moment that cannot be read is no number, and no comparison with it holds.
  if (!(asked.now.getTime() >= closes)) throw new NotAllowedError("clock");
  return BigInt(pinned[2]!);
}
