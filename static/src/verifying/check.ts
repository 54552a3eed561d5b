/**
 * The page on which everybody checks: fetches what is needed, lets workers check it, and says what they found.
 *
 * * Everything is fetched before anything is checked; from then on no connection is needed.
 * * A file from the visitor's own disk goes the same way and never leaves the browser.
 */

import qrcode from "qrcode-generator";
import { looksLikeArchive } from "../crypto/archive.ts";
import { placesOf } from "./places.ts";
import { type Lists, readReceipt } from "./receipt.ts";
import type { Answer, CheckedAnswer, Files, OpenedAnswer, Request, Step, StepAnswer } from "./steps.ts";

interface Data {
  readonly worker: string;
  /** Address of the files, and their names as far as they are there. */
  readonly base: string;
  readonly archive: string;
  readonly there: readonly string[];
  readonly page: string;
  readonly words: Readonly<Record<string, string>>;
  readonly receipts: Lists;
}

const AT_ONCE = 4;
const data = JSON.parse(document.getElementById("data")!.textContent) as Data;
const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const form = element<HTMLFormElement>("check");
const start = element<HTMLButtonElement>("start");
const pause = element<HTMLButtonElement>("pause");
const verdict = element("verdict");
const receipt = element<HTMLInputElement>("receipt");
const bar = element<HTMLProgressElement>("bar");
const count = element("count");
let running: Run | null = null;

function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (data.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString("en") : (value ?? "");
  });
}

class Run {
  private readonly workers: Worker[] = [];
  private readonly waiting: Worker[] = [];
  private next = 0;
  private checked = 0;
  private paused = false;
  private ended = false;
  private leftOut: string[] = [];
  private missing = false;
  private opened!: OpenedAnswer;
  private archive!: Uint8Array;

  async begin(chosen: readonly File[]): Promise<void> {
    element("steps").hidden = false;
    document.querySelectorAll<HTMLElement>("#steps li").forEach((each) => show(each, "later", ""));
    this.judge("", "working");
    let files: Files;
    try {
      files = chosen.length > 0 ? await readFiles(chosen) : await fetchFiles();
    } catch (error) {
      return this.finish("bad", error instanceof NoArchive ? "no-archive" : "no-connection");
    }
    this.archive = files.archive;
    this.hire((answer) => this.hear(answer)).postMessage({ kind: "open", files } satisfies Request);
  }

  stop(): void {
    this.ended = true;
    for (const worker of this.workers) worker.terminate();
    pause.hidden = true;
  }

  pauseOrGoOn(): void {
    this.paused = !this.paused;
    pause.textContent = say(this.paused ? "go-on" : "pause");
    if (!this.paused) for (const worker of this.waiting.splice(0)) this.give(worker);
    this.showCount();
  }

  private hire(hear: (answer: Answer) => void): Worker {
    const worker = new Worker(data.worker, { type: "module" });
    worker.addEventListener("message", ({ data: answer }: MessageEvent<Answer>) => {
      if (!this.ended) hear(answer);
    });
    worker.addEventListener("error", () => this.finish("bad", "fault"));
    this.workers.push(worker);
    return worker;
  }

  private hear(answer: Answer): void {
    if (answer.kind === "step") this.hearStep(answer);
    else if (answer.kind === "opened") this.checkBallots(answer);
    else this.hearBallots(answer, this.workers[0]!);
  }

  private hearStep({ step, status, detail, values }: StepAnswer): void {
    const line = element(`step-${step}`);
    if (status === "wrong" && step !== "own") {
      show(line, status, "");
      this.refuse(step, detail);
    } else {
      show(line, status, detail && say(detail, values));
      if (status === "wrong") this.missing = true;
      if (status === "left-out" && !["no-receipt", "own-not-yet"].includes(detail)) this.leftOut.push(detail);
    }
  }

  private checkBallots(opened: OpenedAnswer): void {
    if (!opened.good) return;
    this.opened = opened;
    element("code").textContent = opened.head.slice(0, 20).replace(/(.{4})(?=.)/g, "$1 ");
    element("checked-name").textContent = opened.name;
    element("same").hidden = false;
    show(element("step-ballots"), "working", "");
    if (opened.places.length === 0) return this.pass();
    element("ballots").hidden = false;
    pause.hidden = false;
    bar.max = opened.places.length;
    this.showCount();
    const cores = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, 8));
    while (this.workers.length < cores) {
      const worker = this.hire((answer) => {
        if (answer.kind === "checked") this.hearBallots(answer, worker);
      });
    }
    const { election, credentials } = opened;
    for (const worker of this.workers) {
      worker.postMessage({ kind: "prepare", election, credentials } satisfies Request);
      this.give(worker);
    }
  }

  private give(worker: Worker): void {
    const first = this.next;
    if (this.paused) {
      this.waiting.push(worker);
    } else if (first < this.opened.places.length) {
      const places = this.opened.places.slice(first, first + AT_ONCE);
      this.next += places.length;
      const ballots = places.map(([offset, length]) => this.archive.slice(offset, offset + length));
      worker.postMessage({ kind: "ballots", first: first + 1, ballots } satisfies Request);
    }
  }

  private hearBallots(answer: CheckedAnswer, worker: Worker): void {
    if (answer.fault !== null) {
      show(element("step-ballots"), "wrong", "");
      return this.refuse("ballots", answer.fault);
    }
    this.checked += answer.count;
    this.showCount();
    if (this.checked === this.opened.places.length) this.pass();
    else this.give(worker);
  }

  private showCount(): void {
    const of = this.opened.places.length;
    bar.value = this.checked;
    bar.textContent = `${this.checked} / ${of}`;
    count.textContent = say(this.paused ? "count-paused" : "count", { n: this.checked, of });
  }

  private pass(): void {
    show(element("step-ballots"), "done", say("ballots", { n: this.opened.places.length }));
    const foreign = this.opened.uuid !== data.archive.replace(/\.bel$/, "");
    if (foreign) this.finish("warn", "passed-other");
    else if (this.missing) this.finish("bad", "passed-not-yours");
    else if (this.leftOut.length > 0) this.finish("warn", "passed-partly");
    else this.finish("good", "passed");
  }

  private refuse(step: Step, sentence: string): void {
    const places = placesOf(sentence, say);
    this.finish("bad", `wrong-${step}`, places, sentence);
  }

  private finish(kind: string, key: string, places = "", sentence = ""): void {
    this.stop();
    start.disabled = false;
    this.judge(kind, key, places, sentence);
    verdict.focus();
  }

  private judge(kind: string, key: string, places = "", sentence = ""): void {
    verdict.hidden = false;
    verdict.className = `notice ${kind}`;
    const heading = document.createElement("strong");
    heading.textContent = say(key);
    const lines: HTMLElement[] = [paragraph(heading)];
    if (places) lines.push(paragraph(say("where", { places })));
    if (data.words[`${key}-next`]) lines.push(paragraph(say(`${key}-next`)));
    if (sentence) {
      const details = document.createElement("details");
      const summary = document.createElement("summary");
      summary.textContent = say("sentence");
      const text = paragraph(sentence);
      text.lang = "en";
      details.append(summary, text);
      lines.push(details);
    }
    verdict.replaceChildren(...lines);
  }
}

class NoArchive extends Error {}

async function fetchFiles(): Promise<Files> {
  const get = async (name: string): Promise<Uint8Array | null> => {
    if (name !== data.archive && !data.there.includes(name)) return null;
    const answer = await fetch(`${data.base}/${name}`, { cache: "no-cache" });
    if (!answer.ok) throw new Error(name);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const [archive, manifest, shareProofs, result, box, setAside] = await Promise.all(
    [data.archive, "manifest.json", "share-proofs.json", "result.json", "box.json", "set-aside.json"].map(get),
  );
  return of(archive!, { manifest, shareProofs, result, box, setAside });
}

async function readFiles(chosen: readonly File[]): Promise<Files> {
  const read = new Map<string, Uint8Array>();
  for (const file of chosen) read.set(file.name, new Uint8Array(await file.arrayBuffer()));
  const archive = [...read.values()].find(looksLikeArchive) ?? [...read].find(([name]) => name.endsWith(".bel"))?.[1];
  if (!archive) throw new NoArchive();
  return of(archive, {
    manifest: read.get("manifest.json"), shareProofs: read.get("share-proofs.json"), result: read.get("result.json"),
    box: read.get("box.json"), setAside: read.get("set-aside.json"),
  });
}

function of(
  archive: Uint8Array, beside: Readonly<Record<"manifest" | "shareProofs" | "result" | "box" | "setAside", Uint8Array | null | undefined>>,
): Files {
  return {
    archive, manifest: beside.manifest ?? null, shareProofs: beside.shareProofs ?? null, result: beside.result ?? null,
    box: beside.box ?? null, setAside: beside.setAside ?? null, receipt: typed() ?? "",
  };
}

/** What was typed of a receipt; null if it is none. */
function typed(): string | null {
  return readReceipt(receipt.value, data.receipts);
}

function paragraph(content: string | HTMLElement): HTMLElement {
  const made = document.createElement("p");
  made.append(content);
  return made;
}

function show(line: HTMLElement, status: string, detail: string): void {
  line.className = { working: "now", done: "done", later: "later", "left-out": "later", wrong: "wrong" }[status] ?? "";
  const tag = line.querySelector<HTMLElement>(".tag")!;
  tag.textContent = say(`status-${status}`);
  tag.className = `tag small ${{ working: "warn", done: "good", wrong: "bad" }[status] ?? ""}`;
  line.querySelector<HTMLElement>(".quiet")!.textContent = detail;
}

function drawCode(): void {
  const code = qrcode(0, "M");
  code.addData(data.page + (typed() ? `#${encodeURIComponent(receipt.value.trim())}` : ""));
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) if (code.isDark(row, column)) path += `M${column} ${row}h1v1h-1z`;
  }
  const svg = element("qr") as unknown as SVGElement;
  svg.setAttribute("viewBox", `-2 -2 ${size + 4} ${size + 4}`);
  svg.querySelector("path")!.setAttribute("d", path);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const wrong = typed() === null;
  element("receipt-error").hidden = !wrong;
  receipt.setAttribute("aria-invalid", String(wrong));
  if (wrong) return receipt.focus();
  running?.stop();
  running = new Run();
  start.disabled = true;
  drawCode();
  const chosen = element<HTMLInputElement>("files").files;
  void running.begin(chosen ? [...chosen] : []);
});
pause.addEventListener("click", () => running?.pauseOrGoOn());
receipt.addEventListener("change", drawCode);

if (location.hash.length > 1) {
  receipt.value = decodeURIComponent(location.hash.slice(1));
  // The address is what is passed on; whose ballot is looked for is not part of it.
  history.replaceState(null, "", location.pathname + location.search);
}
drawCode();
start.disabled = false;
element("works").hidden = false;
