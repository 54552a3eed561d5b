/** What the page has: its data, its elements, one step at a time, a sentence about what is wrong, reading aloud. */

import type { Answer, Question } from "./questions.ts";

export interface Data {
  readonly election: string;
  readonly fingerprint: string;
  readonly worker: string;
  /** How long a code is good, and how soon another one is sent: phones' own clocks may be wrong. */
  readonly code_minutes: number;
  readonly resend_seconds: number;
  readonly questions: readonly Question[];
  readonly receipt_words: readonly [string, string];
  readonly words: Readonly<Record<string, string>>;
  readonly language: string;
  /** Whether this is a tablet of the desk, which hides and forgets by itself. */
  readonly assisted: boolean;
  /** Whether voting keys have two parts, of which the server gives one for a code. */
  readonly two_parts: boolean;
}

/** Says a sentence of the page's words. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export function readData(): Data {
  return JSON.parse(find("data").textContent ?? "") as Data;
}

/** Return an element that the template always has. */
export function find<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found as Kind;
}

/** Fill in a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** Write a moment in the time of China, as the page's language has it. */
export function sayMoment(moment: string, language: string): string {
  return new Date(moment).toLocaleString(language, { dateStyle: "long", timeStyle: "short", timeZone: "Asia/Shanghai" });
}

const FINAL = new Set(["casting", "done", "unsent"]);

/** Shows one step at a time; the browser's way back leads one step back, as far as that makes sense. */
export class Steps {
  readonly #steps = new Map<string, HTMLElement>();
  readonly #trouble = find("trouble");
  readonly #back = find<HTMLButtonElement>("back");
  #now = "";

  constructor(readonly entered: (step: string) => void) {
    for (const each of document.querySelectorAll<HTMLElement>("[data-step]")) this.#steps.set(each.dataset["step"] ?? "", each);
    window.addEventListener("popstate", (event: PopStateEvent) => {
      const step = (event.state as { step?: string } | null)?.step;
      if (step && !FINAL.has(this.#now)) this.#show(step);
    });
    this.#back.addEventListener("click", () => history.back());
  }

  get now(): string {
    return this.#now;
  }

  /** Go on to a step; `first` starts the way anew, so that nothing leads back behind it. */
  go(step: string, first = false): void {
    if (first) history.replaceState({ step, first: true }, "");
    else history.pushState({ step }, "");
    this.#show(step);
  }

  /** Say what is wrong, above the step. */
  complain(sentence: string): void {
    this.#trouble.hidden = false;
    const place = this.#trouble.querySelector("p");
    if (place) place.textContent = sentence;
    this.#trouble.scrollIntoView({ block: "nearest" });
  }

  calm(): void {
    this.#trouble.hidden = true;
  }

  #show(step: string): void {
    this.calm();
    this.#now = step;
    for (const [name, element] of this.#steps) element.hidden = name !== step;
    const first = (history.state as { first?: boolean } | null)?.first ?? false;
    this.#back.hidden = first || FINAL.has(step);
    this.entered(step);
    this.#steps.get(step)?.querySelector<HTMLElement>("h1")?.focus();
    window.scrollTo(0, 0);
    if (document.documentElement.classList.contains("elder")) readAloud();
  }
}

/** Read the step aloud, where the browser can. */
export function readAloud(): void {
  if (!("speechSynthesis" in window)) return;
  const step = document.querySelector<HTMLElement>("[data-step]:not([hidden])");
  speechSynthesis.cancel();
  const spoken = new SpeechSynthesisUtterance(step?.innerText ?? "");
  spoken.lang = document.documentElement.lang;
  spoken.rate = 0.85;
  speechSynthesis.speak(spoken);
}

/** Hide what is on the screen of a tablet that nobody touches for a minute, and after another minute let it be forgotten. */
export function watchIdle(seconds: number, mayForget: () => boolean, forget: () => void): void {
  const way = find("way");
  const cover = find("cover");
  let touched = Date.now();
  for (const act of ["pointerdown", "keydown", "input"]) {
    document.addEventListener(act, () => {
      if (!cover.hidden) return;
      touched = Date.now();
    });
  }
  find("uncover").addEventListener("click", () => {
    touched = Date.now();
    cover.hidden = true;
    way.hidden = false;
  });
  window.setInterval(() => {
    const idle = (Date.now() - touched) / 1000;
    if (idle >= seconds && cover.hidden) {
      cover.hidden = false;
      way.hidden = true;
      find("uncover").focus();
    }
    if (idle >= 2 * seconds && mayForget()) forget();
  }, 500);
}

/** Let people have it bigger and read aloud. */
export function prepareAids(): void {
  const elder = find<HTMLButtonElement>("elder");
  const read = find<HTMLButtonElement>("read");
  const canRead = "speechSynthesis" in window;
  elder.addEventListener("click", () => {
    const on = document.documentElement.classList.toggle("elder");
    elder.setAttribute("aria-pressed", String(on));
    read.hidden = !(on && canRead);
    if (on) readAloud();
    else if (canRead) speechSynthesis.cancel();
  });
  read.addEventListener("click", readAloud);
  const share = find<HTMLButtonElement>("share");
  share.addEventListener("click", () => {
    const url = new URL(share.dataset["address"] ?? "/", location.origin).href;
    const copy = async (): Promise<void> => {
      await navigator.clipboard.writeText(url);
      find("shared").hidden = false;
    };
    const done = typeof navigator.share === "function" ? navigator.share({ url, title: document.title }) : copy();
    done.catch(() => undefined);
  });
}

/** Return the numbers of the choices that are marked. */
export function checked(name: string): number[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map(({ value }) => Number(value));
}

/** Mark the choices of an answer, and no others. */
export function tick(name: string, answer: Answer): void {
  for (const each of document.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)) {
    each.checked = answer.includes(Number(each.value));
  }
}

/** Disable a button for some seconds, with the words of what is left on it. */
export function countDown(button: HTMLButtonElement, wait: number, left: (seconds: number) => string): void {
  const words = button.textContent;
  button.disabled = true;
  const until = Date.now() + wait * 1000;
  const timer = window.setInterval(() => {
    const seconds = Math.ceil((until - Date.now()) / 1000);
    button.textContent = left(seconds);
    if (seconds > 0) return;
    clearInterval(timer);
    button.disabled = false;
    button.textContent = words;
  }, 500);
}
