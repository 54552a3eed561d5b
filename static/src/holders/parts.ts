/** What the pages of key-holders and registrars share: elements, words, the server, the worker. */

import type { HoldersAnswer, HoldersRequest } from "../worker/holders-messages.ts";

export type Words = Readonly<Record<string, string>>;
type Request = HoldersRequest extends infer Each ? (Each extends HoldersRequest ? Omit<Each, "id"> : never) : never;

/** The server refused; `detail` is its sentence. */
export class RefusedError extends Error {
  constructor(readonly status: number, readonly detail: string) {
    super(detail);
  }
}

/** Return an element that the page has. */
export function find<T extends HTMLElement = HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

/** Return what the page hands to its script. */
export function readData<T>(): T {
  return JSON.parse(find("data").textContent!) as T;
}

/** Return a text with its blanks filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

/** Show one panel of the page and no other, and lead there whoever cannot see it. */
export function show(name: string): void {
  for (const panel of document.querySelectorAll<HTMLElement>("[data-panel]")) {
    const shown = panel.dataset["panel"]!.split(" ").includes(name);
    if (shown && panel.hidden) queueMicrotask(() => panel.querySelector<HTMLElement>("h2[tabindex]")?.focus());
    panel.hidden = !shown;
  }
}

/** Say something above the panels; nothing if there is no text. */
export function tell(text: string, kind = ""): void {
  const told = find("told");
  told.hidden = text === "";
  told.className = `note ${kind}`;
  told.textContent = text;
}

/** Say at a field what is wrong with it; nothing if there is no text. */
export function blame(id: string, text: string): void {
  const error = find(id);
  error.hidden = text === "";
  error.querySelector("span")!.textContent = text;
}

/**
 * Ask the server.
 *
 * @throws RefusedError: it says no.
 * @throws TypeError: it cannot be reached.
 */
export async function ask(method: string, path: string, body?: Uint8Array, media = "application/json"): Promise<Uint8Array> {
  const answer = await fetch(path, {
    method,
    cache: "no-store",
    headers: { Accept: "application/json, */*", ...(body ? { "Content-Type": media } : {}) },
    ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
  });
  const content = new Uint8Array(await answer.arrayBuffer());
  if (answer.ok) return content;
  let detail = `${answer.status}`;
  try {
    detail = (JSON.parse(new TextDecoder().decode(content)) as { detail: string }).detail;
  } catch {
    // A proxy's page says nothing to whoever reads this.
  }
  throw new RefusedError(answer.status, detail);
}

/** Return JSON that the server answered. */
export function parsed<T>(content: Uint8Array): T {
  return JSON.parse(new TextDecoder().decode(content)) as T;
}

/** Let the worker do something; it is ended afterwards, with everything that it held. */
export function work(
  url: string, request: Request, onProgress: (done: number, of: number, making: boolean) => void,
): Promise<Exclude<HoldersAnswer, { kind: "progress" }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(url, { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<HoldersAnswer>) => {
      if (data.kind === "progress") onProgress(data.done, data.of, data.making);
      else {
        worker.terminate();
        resolve(data);
      }
    });
    worker.addEventListener("error", (event) => {
      worker.terminate();
      reject(new Error(event.message));
    });
    worker.postMessage({ id: 1, ...request });
  });
}

/** Ask before the page is left while `held` says so. */
export function guard(held: () => boolean): void {
  window.addEventListener("beforeunload", (event) => {
    if (held()) event.preventDefault();
  });
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
