/** Checks everything but the single ballots, and tells each step as it goes. */

import { type Archive, readArchive } from "../crypto/archive.ts";
import {
  type AuditedSetup, auditResult, auditSetup, auditShares, checkBallot, requireDistinct, requireSum, type Sum, sumEffective,
} from "../crypto/audit.ts";
import { type Ballot, tracker } from "../crypto/ballot.ts";
import { CryptoError } from "../crypto/errors.ts";
import { encodePoint } from "../crypto/group.ts";
import type { Totals } from "../crypto/result.ts";
import {
  decodeBox, decodeSetAside, decodeShareProofs, findBase, unpack, verifyBox, verifyManifest, verifyPublished, verifyStage,
} from "./beside.ts";
import { isReceipt } from "./receipt.ts";
import type { Files, OpenedAnswer, Status, Step, StepAnswer } from "./steps.ts";

type Values = StepAnswer["values"];
type Told = readonly [Status, string, Values];
type Tell = (answer: StepAnswer) => void;

const NONE: OpenedAnswer = {
  kind: "opened", good: false, election: new Uint8Array(), credentials: [], places: [], head: "", name: "", uuid: "",
};

const done = (detail = "", values: Values = {}): Told => ["done", detail, values];
const leftOut = (detail: string): Told => ["left-out", detail, {}];

/** Check them; the answer says where the ballots stand. */
export function open(files: Files, tell: Tell): OpenedAnswer {
  const opening = new Opening(files, tell);
  try {
    return opening.run();
  } catch (error) {
    if (error instanceof Stopped) return NONE;
    throw error;
  }
}

class Stopped extends Error {}

class Opening {
  private archive!: Archive;
  private setup!: AuditedSetup;
  private ballots: Ballot[] = [];
  private trackers: readonly string[] = [];
  private sum!: Sum;
  private totals: Totals | null = null;

  constructor(private readonly files: Files, private readonly tell: Tell) {}

  run(): OpenedAnswer {
    this.step("archive", () => {
      this.archive = readArchive(this.files.archive);
      verifyStage(this.files, this.archive);
      return done("archive", { ballots: this.archive.ballots.length });
    });
    this.step("setup", () => {
      this.setup = auditSetup(this.archive.setup);
      return done("setup", { credentials: this.setup.weights.size });
    });
    this.step("manifest", () => this.checkManifest());
    this.step("box", () => this.checkBox());
    this.step("sum", () => this.checkSum());
    this.checkOpening();
    this.step("own", () => this.findOwn());
    const start = this.files.archive.byteOffset;
    return {
      kind: "opened",
      good: true,
      election: this.archive.setup.election,
      credentials: [...this.setup.weights.keys()],
      places: this.archive.ballots.map((each) => [each.byteOffset - start, each.length]),
      head: this.archive.head,
      name: this.setup.election.name,
      uuid: this.setup.election.uuid,
    };
  }

  private checkManifest(): Told {
    if (!this.files.manifest) return leftOut("no-manifest");
    verifyManifest(this.files.manifest, this.setup, this.archive);
    return done();
  }

  private checkBox(): Told {
    this.trackers = this.archive.ballots.map(tracker);
    const { archive, files } = this;
    const { uuid } = this.setup.election;
    if (!files.box || (archive.ended && !files.setAside)) return leftOut(archive.ended ? "no-box" : "not-added");
    const [box, setAside] = [decodeBox(files.box, uuid), files.setAside ? decodeSetAside(files.setAside, uuid) : []];
    verifyBox(box, setAside, this.trackers, archive.ended);
    return archive.ended ? done("box", { box: box.length, out: setAside.length }) : leftOut("not-added");
  }

  private checkSum(): Told {
    requireDistinct(this.archive.ballots);
    this.ballots = this.archive.ballots.map((data, index) => checkBallot(this.setup, data, index + 1, false));
    this.sum = sumEffective(this.setup, this.ballots);
    if (!this.archive.encryptedTally) return leftOut("not-added");
    requireSum(this.sum, this.archive.encryptedTally);
    return done("sum", { counted: this.sum.numTallied });
  }

  private checkOpening(): void {
    const { archive, setup, sum, files } = this;
    if (!archive.encryptedTally || archive.shares.length === 0) {
      for (const step of ["shares", "result", "published"] as const) this.step(step, () => leftOut("not-opened"));
      return;
    }
    let shares!: ReturnType<typeof auditShares>;
    this.step("shares", () => {
      const owners = new Set(archive.shares.map(({ owner }) => owner));
      const proofs = files.shareProofs && decodeShareProofs(files.shareProofs, setup.election.uuid, owners);
      shares = auditShares(setup, sum.tally, archive.shares, proofs);
      const values = { good: shares.good.size, faults: shares.faults.length };
      // Without the extra proofs a key-holder could have spoiled a total unseen (SPEC.md §7.3).
      if (!proofs) return ["left-out", "shares-alone", values];
      return done(shares.faults.length > 0 ? "faults" : "shares", values);
    });
    this.step("result", () => {
      if (!archive.result) return leftOut("not-opened");
      this.totals = auditResult(setup, sum.tally, shares, sum.totalWeight, archive.result);
      return done();
    });
    this.step("published", () => this.checkPublished());
  }

  private checkPublished(): Told {
    const base = findBase(this.setup.election.description);
    if (!this.totals) return leftOut("not-opened");
    if (!this.files.result || base === null) return leftOut("no-result");
    verifyPublished(this.files.result, this.setup, this.totals, this.sum.totalWeight, base);
    const { heads, areaDm2 } = unpack(this.sum.totalWeight, base);
    return done("published", { heads: Number(heads), area: `${areaDm2 / 100n}.${String(areaDm2 % 100n).padStart(2, "0")}` });
  }

  private findOwn(): Told {
    const { receipt, box, setAside } = this.files;
    if (!receipt) return leftOut("no-receipt");
    const mineIs = (each: string): boolean => isReceipt(each, receipt);
    const position = this.trackers.findIndex(mineIs);
    if (position < 0) {
      const { uuid } = this.setup.election;
      if (setAside && decodeSetAside(setAside, uuid).some(mineIs)) return ["done", "own-set-aside", {}];
      if (box && !this.archive.ended && decodeBox(box, uuid).some(mineIs)) return ["done", "own-box", {}];
      if (!this.archive.ended) return leftOut("own-not-yet");
      return ["wrong", "own-missing", {}];
    }
    const mine = encodePoint(this.ballots[position]!.credential);
    const all = this.ballots.flatMap((each, index) => (encodePoint(each.credential) === mine ? [index] : []));
    // A single ballot is checked at once, so that its owner need not wait for the others.
    checkBallot(this.setup, this.archive.ballots[position]!, position + 1);
    const values = { sequence: all.indexOf(position) + 1, of: all.length };
    return done(all.at(-1) === position ? "own-counts" : "own-superseded", values);
  }

  private step(step: Step, check: () => Told): void {
    this.tell({ kind: "step", step, status: "working", detail: "", values: {} });
    let told: Told;
    try {
      told = check();
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      told = ["wrong", error.message, {}];
    }
    const [status, detail, values] = told;
    this.tell({ kind: "step", step, status, detail, values });
    // That one's own ballot is missing is the visitor's matter; the archive may be right all the same.
    if (status === "wrong" && step !== "own") throw new Stopped();
  }
}
