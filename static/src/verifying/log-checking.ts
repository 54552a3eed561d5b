/** Checks a public record step by step, and tells how each stands. */

import { requireFingerprint } from "../crypto/encoding.ts";
import { CryptoError, VerificationError } from "../crypto/errors.ts";
import type { JsonObject } from "../crypto/json.ts";
import { decodeLogPolicy } from "../crypto/log-policy.ts";
import { decodeBox } from "./beside.ts";
import { requireEntry } from "./log-kinds.ts";
import { nameOf, stemOf } from "./log-origin.ts";
import {
  entriesOf, openLog, type OpenedLog, OtherPastError, readerAt, readProved, requireContinues, UnreachableError,
} from "./log-reader.ts";
import type { LogAnswer, LogEndedAnswer, LogRequest, LogStep } from "./log-steps.ts";
import { isReceipt } from "./receipt.ts";
import type { Status } from "./steps.ts";

type Values = Readonly<Record<string, string | number>>;
type Told = readonly [Status, string, Values?];
type Tell = (answer: LogAnswer) => void;

/** A ballot that came in; its tracker stands in it in clear. */
const BALLOT = "ballot:accepted";

/** Check it; the answer says what to remember. */
export async function checkLog(request: LogRequest, tell: Tell): Promise<LogEndedAnswer> {
  const checking = new LogChecking(request, tell);
  try {
    await checking.run();
    return { kind: "log-ended", good: checking.good, note: checking.note };
  } catch (error) {
    if (error instanceof UnreachableError) return { kind: "log-ended", good: null, note: null };
    throw error;
  }
}

class LogChecking {
  good = true;
  note: LogEndedAnswer["note"] = null;
  private readonly trackers: string[] = [];
  private readAll = false;
  private log!: OpenedLog;

  constructor(private readonly request: LogRequest, private readonly tell: Tell) {}

  async run(): Promise<void> {
    const { proof } = this.request;
    if (!(await this.step("signed", () => this.open()))) return;
    const { origin, size } = this.log.checkpoint;
    // What was seen is kept where the record does not continue it, so that it is there to be shown.
    if (!(await this.step("kept", () => this.compare()))) return;
    this.note = { origin, data: this.log.note, size, replaced: this.before() };
    if (this.request.all && (await this.step("entries", () => this.readEntries()))) {
      await this.step("ballots", () => this.compareBallots());
    }
    await this.step("receipt", async () => (proof ? this.checkProof(proof) : ["left-out", "no-proof"]));
  }

  private async open(): Promise<Told> {
    const read = readerAt(this.request.place);
    const policy = this.request.policy ?? (await read("policy"));
    if (!policy) throw new VerificationError("policy: it is missing");
    this.log = await openLog(read, decodeLogPolicy(policy));
    const { checkpoint: { size }, witnesses, witnessed } = this.log;
    if (!witnessed) return ["left-out", "unwitnessed", { size }];
    return ["done", witnesses.length > 0 ? "witnessed" : "no-witness", { size, n: witnesses.length }];
  }

  private async compare(): Promise<Told> {
    const { origin, size } = this.log.checkpoint;
    const seen = this.request.seen.filter(([each]) => each === origin);
    if (seen.length === 0) return ["left-out", this.before().length > 0 ? "anew" : "first"];
    let before = 0;
    // What a printed code holds stands beside what this browser remembers; the record must continue both.
    for (const [, note] of seen) before = Math.max(before, await requireContinues(this.log, note));
    return ["done", before === size ? "same" : "grown", { before, size, added: size - before }];
  }

  /** What was seen under another origin of this record: by its name, or by the address that names it. */
  private before(): readonly string[] {
    const { place, seen } = this.request;
    const { origin } = this.log.checkpoint;
    const names = [stemOf(origin), place.kind === "address" ? nameOf(place.address) : null];
    return seen.map(([each]) => each).filter((each) => each !== origin && names.includes(stemOf(each)));
  }

  private async readEntries(): Promise<Told> {
    const { size: of } = this.log.checkpoint;
    let count = 0;
    for await (const entries of entriesOf(this.log)) {
      for (const entry of entries) this.takeEntry(requireEntry(entry, `entry ${count++}`));
      this.tell({ kind: "log-progress", count, of });
    }
    this.readAll = true;
    return ["done", "entries", { n: of }];
  }

  private takeEntry(entry: JsonObject): void {
    if (entry["kind"] === BALLOT && entry["election"] === this.request.election) {
      this.trackers.push(requireFingerprint(entry["tracker"], "entry of a ballot, tracker"));
    }
  }

  private async compareBallots(): Promise<Told> {
    const { election, box } = this.request;
    if (!election || !box || !this.readAll) return ["left-out", "no-box"];
    const listed = decodeBox(box, election);
    const at = [...listed, ...this.trackers].findIndex((_, index) => listed[index] !== this.trackers[index]);
    if (at >= 0) {
      throw new VerificationError(`box.json, ballot ${at + 1}: the public record has another ballot at this place, or none`);
    }
    return ["done", "ballots", { n: listed.length }];
  }

  private async checkProof(proof: Uint8Array): Promise<Told> {
    const entry = requireEntry(await readProved(this.log, proof), "entry of the proof");
    const tracker = entry["tracker"];
    const { tracker: wanted } = this.request;
    if (wanted && !(typeof tracker === "string" && isReceipt(tracker, wanted))) return ["wrong", "receipt-other"];
    if (entry["kind"] !== BALLOT) return ["done", "receipt"];
    return ["done", "receipt-ballot", { tracker: String(tracker) }];
  }

  /** Run a step; return whether to go on. */
  private async step(step: LogStep, check: () => Promise<Told>): Promise<boolean> {
    const say = (status: Status, detail = "", values: Values = {}, sentence = ""): void =>
      this.tell({ kind: "log-step", step, status, detail, values, sentence });
    say("working");
    try {
      const [status, detail, values] = await check();
      say(status, detail, values);
      if (status === "wrong") this.good = false;
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error;
      this.good = false;
      const past = error instanceof OtherPastError;
      say("wrong", past ? error.detail : `wrong-${step}`, {}, error.message);
      return false;
    }
    return true;
  }
}
