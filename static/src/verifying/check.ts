/**
 * The page on which everybody checks: fetches what is needed, lets workers check it, and says what they found.
 *
 * * Everything is fetched before anything is checked; from then on no connection is needed.
 * * A file from the visitor's own disk goes the same way and never leaves the browser.
 */

import qrcode from "qrcode-generator";
import { looksLikeArchive } from "../crypto/archive.ts";
import { printed, watchRecord } from "./log-page.ts";
import { placesOf } from "./places.ts";
import { readReceipt } from "./receipt.ts";
import { data, element, hire, judge, say, show } from "./saying.ts";
import type { Answer, CheckedAnswer, Files, OpenedAnswer, Request, Step, StepAnswer } from "./steps.ts";

const AT_ONCE = 4;
const BESIDE = ["manifest.json", "share-proofs.json", "result.json", "box.json", "set-aside.json"];
const form = element<HTMLFormElement>("check");
const start = element<HTMLButtonElement>("start");
const pause = element<HTMLButtonElement>("pause");
const verdict = element("verdict");
const receipt = element<HTMLInputElement>("receipt");
const bar = element<HTMLProgressElement>("bar");
const count = element("count");
let running: Run | null = null;

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
    judge(verdict, "", "working");
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
    const worker = hire(data.worker);
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
    const foreign = data.archive !== null && this.opened.uuid !== data.archive.replace(/\.bel$/, "");
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
    judge(verdict, kind, key, places, sentence);
    verdict.focus();
  }
}

class NoArchive extends Error {}

async function fetchFiles(): Promise<Files> {
  const { base, archive: name } = place();
  const get = async (file: string): Promise<Uint8Array | null> => {
    if (data.archive !== null && file !== name && !data.there.includes(file)) return null;
    const answer = await fetch(`${base}/${file}`, { cache: "no-cache" });
    // Elsewhere nobody says which files are there.
    if (data.archive === null && file !== name && answer.status === 404) return null;
    if (!answer.ok) throw new Error(file);
    return new Uint8Array(await answer.arrayBuffer());
  };
  const [archive, manifest, shareProofs, result, box, setAside] = await Promise.all([name, ...BESIDE].map(get));
  return of(archive!, { manifest, shareProofs, result, box, setAside });
}

/** Where the files are: of this page's vote, or on a page of its own at the address that was typed. */
function place(): { readonly base: string; readonly archive: string } {
  if (data.base !== null && data.archive !== null) return { base: data.base, archive: data.archive };
  const base = element<HTMLInputElement>("address").value.trim().replace(/\/+$/, "");
  if (base === "") throw new NoArchive();
  return { base, archive: `${base.split("/").at(-1)}.bel` };
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

function drawCode(): void {
  if (data.page === null) return;
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

if (location.hash.length > 1 && printed().length === 0) {
  receipt.value = decodeURIComponent(location.hash.slice(1));
  // The address is what is passed on; whose ballot is looked for is not part of it.
  history.replaceState(null, "", location.pathname + location.search);
}
drawCode();
start.disabled = false;
element("works").hidden = false;
watchRecord(typed);
