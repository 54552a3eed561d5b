/** What the checking page is given, and how it says things: in the words that came with it. */

import type { Lists } from "./receipt.ts";

interface Data {
  /** Addresses of the workers; `#ID` is an element that holds the program, on a page that is one file. */
  readonly worker: string;
  /** Address of the files, and their names as far as they are there; null where the visitor names the vote. */
  readonly base: string | null;
  readonly archive: string | null;
  readonly there: readonly string[];
  readonly page: string | null;
  readonly words: Readonly<Record<string, string>>;
  readonly receipts: Lists;
  /** The public record; null if there is none. `address` is null where the visitor names it. */
  readonly record: { readonly worker: string; readonly address: string | null; readonly election: string | null } | null;
}

export const data = JSON.parse(document.getElementById("data")!.textContent) as Data;

/** Return an element of the page. */
export const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

/** Say something in the reader's language. */
export function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return (data.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === "number" ? value.toLocaleString("en") : (value ?? "");
  });
}

/** Start a worker. */
export function hire(address: string): Worker {
  if (!address.startsWith("#")) return new Worker(address, { type: "module" });
  const program = new Blob([element(address.slice(1)).textContent], { type: "text/javascript" });
  const url = URL.createObjectURL(program);
  return new Worker(url);
}

/** Show how a step stands. */
export function show(line: HTMLElement, status: string, detail: string): void {
  line.className = { working: "now", done: "done", later: "later", "left-out": "later", wrong: "wrong" }[status] ?? "";
  const tag = line.querySelector<HTMLElement>(".tag")!;
  tag.textContent = say(`status-${status}`);
  tag.className = `tag small ${{ working: "warn", done: "good", wrong: "bad" }[status] ?? ""}`;
  line.querySelector<HTMLElement>(".quiet")!.textContent = detail;
}

/** Show a verdict, where it is wrong, what to do next, and the check's own sentence. */
export function judge(verdict: HTMLElement, kind: string, key: string, places = "", sentence = ""): void {
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

function paragraph(content: string | HTMLElement): HTMLElement {
  const made = document.createElement("p");
  made.append(content);
  return made;
}
