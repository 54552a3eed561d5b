/**
 * Whether a trustee may open an archive, the total that it then opens, and the single ballots of a named election.
 *
 * Everything is checked and added up here. The checks are those of `vote trustee decrypt`: own election and own trustees, voting over by archive and clock, the
 * sealed credentials and weights, every ballot with signature and proofs, none twice, the archive's own sum if it has one.
 * Follows SPEC.md §7, §8, §10, §16; mirrors `vote/trustee/{opening,named}.py`.
 */

import { type Archive, readArchive } from "./archive.ts";
import { type AuditedSetup, auditSetup, checkBallot, requireDistinct, requireSum, type Sum, sumEffective } from "./audit.ts";
import type { Ballot } from "./ballot.ts";
import type { Election } from "./election.ts";
import {
  compactJson, fingerprint, hexDigest, readJson, requireFields, requireList, requireText, toUtf8,
} from "./encoding.ts";
import { multiplyBase, samePoint } from "./group.ts";
import type { Json } from "./json.ts";
import { type CountedBallot, effectiveDigest } from "./opening-list.ts";
import { decodeOfficePublicKey } from "./sealed-list.ts";
import { verifyExtraProof } from "./share-check.ts";
import { effectivePositions, type EncryptedTally, encodeTally } from "./tally.ts";
import { keyOf } from "./trustees.ts";

const DESCRIPTION = /^善治 manifest sha256=([0-9a-f]{64}) base=(10{1,15}) total=area_dm2\*base\+heads$/;

/** How every ballot in canonical spelling begins. */
const CREDENTIAL = /^\{"election_uuid":"[^"]*","election_hash":"[^"]*","credential":"([0-9a-f]{64})"/;

/**
 * Why a trustee must not open: another election, other trustees, voting goes on, other weights, too early by the clock, a
 * secret election, ballots whose total this trustee did not open.
 */
export type Forbidden = "other" | "trustees" | "voting" | "weights" | "clock" | "secret" | "unopened";

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
  /** SHA-256 of election and ballots that count. */
  readonly ballots: string;
}

/** The ballots that may be opened one by one, to one office. */
export interface Named {
  readonly election: Election;
  /** The office's public key. */
  readonly office: Uint8Array;
  readonly ballots: readonly CountedBallot[];
}

type Manifest = Readonly<Record<string, Json>>;
type Told = (done: number, of: number) => void;

interface Opened {
  readonly archive: Archive;
  readonly setup: AuditedSetup;
  readonly manifest: Manifest;
  readonly base: bigint;
}

/**
 * Return the sealed total of an archive, added up anew from ballots that were checked here.
 *
 * @param onChecked is told how many ballots are checked, of how many.
 * @throws NotAllowedError: it is not the trustee's to open, or not yet.
 * @throws CryptoError: something in the archive does not hold.
 */
export function checkedTotal(asked: Asked, onChecked: Told = () => undefined): Total {
  const opened = openArchive(asked);
  const { election } = opened.setup;
  const ballots = readBallots(opened, true, onChecked);
  const sum = addUp(opened, ballots);
  return {
    election,
    tally: sum.tally,
    counted: sum.numTallied,
    area: sum.totalWeight / opened.base,
    digest: hexDigest(compactJson([election.fingerprint, hexDigest(encodeTally(sum.tally))])),
    ballots: digestOf(election, trackersOf(opened.archive)),
  };
}

/**
 * Return the ballots of a named election whose total this trustee opened, and the office to which they are opened.
 *
 * That it opened this total, its own share in the archive says, whose extra proof nobody else can make.
 *
 * @param shareProofs the document beside the archive with the extra proofs (SPEC.md §7.3).
 * @param known what `checkedTotal` said of the ballots when they were checked here before: their proofs are not checked again.
 * @throws NotAllowedError: these are not to be opened by this trustee.
 * @throws CryptoError: something in archive, manifest or proofs does not hold.
 */
export function openedBallots(
  asked: Asked, shareProofs: Uint8Array, known: string | null, onChecked: Told = () => undefined,
): Named {
  const opened = openArchive(asked);
  const { election, trustees } = opened.setup;
  const office = requireOffice(opened.manifest);
  const trackers = trackersOf(opened.archive);
  const ballots = readBallots(opened, known !== digestOf(election, trackers), onChecked);
  const { tally } = addUp(opened, ballots);
  const share = opened.archive.shares.find(({ owner }) => owner === asked.index);
  const proof = findProof(shareProofs, asked.index);
  if (!share || !proof) throw new NotAllowedError("unopened");
  verifyExtraProof(election, asked.index, keyOf(trustees, asked.index).publicKey, tally, share.payload, proof);
  const counted = pickEffective(opened.archive);
  return { election, office, ballots: counted.map((at, n) => ({ tracker: trackers[n]!, ballot: ballots[at]! })) };
}

/** Read an archive if it is this trustee's, and voting is over. */
function openArchive(asked: Asked): Opened {
  const archive = readArchive(asked.archive);
  const setup = auditSetup(archive.setup);
  const { election } = setup;
  if (election.uuid !== asked.election) throw new NotAllowedError("other");
  const own = hexDigest(archive.setup.trustees) === asked.trustees;
  if (!own || !samePoint(keyOf(setup.trustees, asked.index).publicKey, multiplyBase(asked.secret))) {
    throw new NotAllowedError("trustees");
  }
  if (!archive.ended) throw new NotAllowedError("voting");
  requireDistinct(archive.ballots);
  return { archive, setup, ...requireSealed(asked, election, archive.setup.credentials) };
}

function readBallots({ archive, setup }: Opened, proofs: boolean, onRead: Told): Ballot[] {
  return archive.ballots.map((data, at) => {
    const ballot = checkBallot(setup, data, at + 1, proofs);
    onRead(at + 1, archive.ballots.length);
    return ballot;
  });
}

function addUp({ archive, setup }: Opened, ballots: readonly Ballot[]): Sum {
  const sum = sumEffective(setup, ballots);
  if (archive.encryptedTally) requireSum(sum, archive.encryptedTally);
  return sum;
}

/** Return where the ballots that count stand; as far as their spelling is canonical. */
function pickEffective(archive: Archive): number[] {
  const decoder = new TextDecoder();
  return effectivePositions(archive.ballots.map((data) => CREDENTIAL.exec(decoder.decode(data))?.[1] ?? ""));
}

function trackersOf(archive: Archive): string[] {
  return pickEffective(archive).map((at) => fingerprint(archive.ballots[at]!));
}

function digestOf(election: Election, trackers: readonly string[]): string {
  return hexDigest(compactJson([election.fingerprint, effectiveDigest(trackers)]));
}

/** Return the key to which the ballots of a named election are opened. */
function requireOffice(manifest: Manifest): Uint8Array {
  const offices = manifest["offices"] as Record<string, Record<string, Json>> | undefined;
  const key = offices?.["community"]?.["hpke"];
  if (manifest["secrecy"] !== "named" || key === undefined) throw new NotAllowedError("secret");
  return decodeOfficePublicKey(key);
}

function findProof(document: Uint8Array, trustee: number): Uint8Array | undefined {
  const what = "the extra proofs";
  const fields = requireFields(readJson(document, what), ["version", "election", "proofs"], what);
  for (const value of requireList(fields["proofs"], what)) {
    const each = requireFields(value, ["trustee", "proof"], what);
    if (each["trustee"] === trustee) return toUtf8(requireText(each["proof"], what));
  }
  return undefined;
}

/** Return manifest and base of the weights, after comparing them with what every ballot pins, and closing with the clock. */
function requireSealed(asked: Asked, election: Election, credentials: Uint8Array): Pick<Opened, "manifest" | "base"> {
  const pinned = DESCRIPTION.exec(election.description);
  if (!pinned || pinned[1] !== hexDigest(asked.manifest)) throw new NotAllowedError("weights");
  // The digest pins every byte of it, so it was in its one spelling when it was sealed.
  const manifest = JSON.parse(new TextDecoder().decode(asked.manifest)) as Manifest;
  if (manifest["credentials_sha256"] !== hexDigest(credentials) || String(manifest["base"]) !== pinned[2]) {
    throw new NotAllowedError("weights");
  }
  const closes = Date.parse(String(manifest["closes_at"]));
  // A moment that cannot be read is no number, and no comparison with it holds.
  if (!(asked.now.getTime() >= closes)) throw new NotAllowedError("clock");
  return { manifest, base: BigInt(pinned[2]!) };
}
