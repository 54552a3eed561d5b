/**
 * Tells on an estate's page what was added since this browser looked last, once it is proved that the record continues.
 *
 * Where it does not, nothing is forgotten of what was seen before. Not here: what was added (the page of changes).
 */

import { recall, remember } from "./log-memory.ts";
import type { LogAnswer, LogEndedAnswer, LogRequest, LogStepAnswer } from "./log-steps.ts";
import { data, element, hire, judge, say } from "./saying.ts";

const stands = new Map<string, LogStepAnswer>();

function end({ good, note }: LogEndedAnswer): void {
  if (note) remember(note.origin, note.data, note.replaced);
  if (good === null) return tell("warn", "record-no-connection");
  const wrong = [...stands.values()].find(({ status }) => status === "wrong");
  if (wrong) return tell("bad", `record-${wrong.detail}`, wrong.sentence);
  const kept = stands.get("kept");
  if (kept?.detail === "anew") return tell("warn", "record-anew-verdict");
  element("since-verdict").textContent = say(`record-${kept?.detail ?? "first"}`, kept?.values);
  if (kept?.detail !== "grown") return;
  const way = element<HTMLAnchorElement>("since-way");
  const address = new URL(way.href);
  address.searchParams.set("since", String(kept.values["before"]));
  way.href = address.href;
  element("since-more").hidden = false;
}

function tell(kind: string, key: string, sentence = ""): void {
  const verdict = element("since-verdict");
  if (kind === "bad") verdict.setAttribute("role", "alert");
  judge(verdict, kind, key, "", sentence);
}

const { record } = data;
if (record?.address) {
  const request: LogRequest = {
    kind: "log", place: { kind: "address", address: new URL(record.address, location.href).href }, policy: null,
    seen: recall(), all: false, election: null, box: null, proof: null, tracker: "",
  };
  element("since").hidden = false;
  const worker = hire(record.worker);
  worker.addEventListener("message", ({ data: answer }: MessageEvent<LogAnswer>) => {
    if (answer.kind === "log-step") stands.set(answer.step, answer);
    if (answer.kind !== "log-ended") return;
    worker.terminate();
    end(answer);
  });
  worker.addEventListener("error", () => tell("warn", "record-no-connection"));
  worker.postMessage(request);
}
