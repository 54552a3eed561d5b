/** The part of the checking page that checks the estate's public record, where there is one. */

import { fromUtf8 } from "../crypto/encoding.ts";
import { recall, remember } from "./log-memory.ts";
import { LOG_STEPS, type LogAnswer, type LogEndedAnswer, type LogPlace, type LogRequest, type LogStepAnswer } from "./log-steps.ts";
import { data, element, hire, judge, say, show } from "./saying.ts";

/** Listen, if there is a record. `typed` gives what stands for the visitor's ballot, or null. */
export function watchRecord(typed: () => string | null): void {
  const { record } = data;
  if (!record) return;
  const start = element<HTMLButtonElement>("record-start");
  element<HTMLFormElement>("record-form").addEventListener("submit", (event) => {
    event.preventDefault();
    start.disabled = true;
    void ask(record, typed() ?? "").then(
      (request) => (request ? new Check(start, record.worker, request) : finish(start, "bad", "record-no-place")),
      () => finish(start, "bad", "record-no-connection"),
    );
  });
  element("record").hidden = false;
  start.disabled = false;
}

class Check {
  private readonly worker: Worker;
  private readonly stands = new Map<string, LogStepAnswer>();

  constructor(private readonly start: HTMLButtonElement, address: string, request: LogRequest) {
    element("record-steps").hidden = false;
    element("record-progress").hidden = true;
    for (const step of LOG_STEPS) show(element(`record-${step}`), "later", "");
    judge(element("record-verdict"), "", "record-working");
    this.worker = hire(address);
    this.worker.addEventListener("message", ({ data: answer }: MessageEvent<LogAnswer>) => this.hear(answer));
    this.worker.addEventListener("error", () => this.finish("bad", "fault"));
    this.worker.postMessage(request);
  }

  private hear(answer: LogAnswer): void {
    if (answer.kind === "log-step") {
      this.stands.set(answer.step, answer);
      const detail = answer.detail && say(`record-${answer.detail}`, answer.values);
      show(element(`record-${answer.step}`), answer.status, answer.status === "wrong" ? "" : detail);
    } else if (answer.kind === "log-progress") {
      const bar = element<HTMLProgressElement>("record-bar");
      element("record-progress").hidden = false;
      [bar.max, bar.value] = [answer.of, answer.count];
      element("record-count").textContent = say("record-count", { n: answer.count, of: answer.of });
    } else {
      this.end(answer);
    }
  }

  private end({ good, note }: LogEndedAnswer): void {
    if (note) remember(note.origin, note.data, note.replaced);
    if (good === null) return this.finish("warn", "record-no-connection");
    const wrong = [...this.stands.values()].find(({ status }) => status === "wrong");
    if (wrong) return this.finish("bad", `record-${wrong.detail}`, wrong.sentence);
    if (this.stands.get("kept")?.detail === "anew") return this.finish("warn", "record-anew-verdict");
    if (this.stands.get("signed")?.status !== "done") return this.finish("warn", "record-alone");
    this.finish("good", "record-passed");
  }

  private finish(kind: string, key: string, sentence = ""): void {
    this.worker.terminate();
    finish(this.start, kind, key, sentence);
  }
}

function finish(start: HTMLButtonElement, kind: string, key: string, sentence = ""): void {
  start.disabled = false;
  const verdict = element("record-verdict");
  judge(verdict, kind, key, "", sentence);
  verdict.focus();
}

/** Return what the worker has to do; null if nobody said where the record is. */
async function ask(record: NonNullable<typeof data.record>, tracker: string): Promise<LogRequest | null> {
  const place = placeOf(record.address);
  if (!place) return null;
  const proof = await fileOf("record-proof");
  return {
    kind: "log", place, policy: await fileOf("record-policy"), seen: [...printed(), ...recall()], all: true, election: record.election,
    box: record.election && data.there.includes("box.json") ? await fetchBox() : null, proof, tracker: proof ? tracker : "",
  };
}

/** Return the checkpoint that came with a printed code, if one did: behind the sign that browsers do not send. */
export function printed(): readonly (readonly [string, Uint8Array])[] {
  const code = /^#seen=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (!code) return [];
  const note = Uint8Array.from(atob(code.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
  return [[fromUtf8(note, "checkpoint").split("\n")[0] ?? "", note]];
}

function placeOf(address: string | null): LogPlace | null {
  if (address !== null) return { kind: "address", address: new URL(address, location.href).href };
  const chosen = [...(element<HTMLInputElement>("record-files").files ?? [])];
  if (chosen.length > 0) {
    const root = chosen.find(({ name }) => name === "checkpoint")?.webkitRelativePath.replace(/checkpoint$/, "") ?? "";
    const files = chosen.map((file) => [file.webkitRelativePath.slice(root.length), file] as const);
    return { kind: "files", files };
  }
  const typed = element<HTMLInputElement>("record-address").value.trim();
  return typed === "" ? null : { kind: "address", address: typed };
}

async function fileOf(id: string): Promise<Uint8Array | null> {
  const file = (document.getElementById(id) as HTMLInputElement | null)?.files?.[0];
  return file ? new Uint8Array(await file.arrayBuffer()) : null;
}

async function fetchBox(): Promise<Uint8Array> {
  const answer = await fetch(`${data.base}/box.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error("box.json");
  return new Uint8Array(await answer.arrayBuffer());
}
