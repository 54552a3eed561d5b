/** Makes an office's keys in the browser, saves them as a file, and hands in the public half. */

import type { Bytes } from "../office/bytes.ts";
import { encodePublic, encodeSecrets, lock, newSecrets, type OfficeName, type OfficeSecrets } from "../office/key-file.ts";
import { isName, readKey, requestFor } from "../office/x509.ts";

interface Data {
  readonly api: string;
  readonly words: { readonly [name: string]: string };
}

const SHORTEST = 8;
const data: Data = JSON.parse(document.getElementById("data")!.textContent!);
const form = document.getElementById("make") as HTMLFormElement;
const told = document.getElementById("told")!;
const made = document.getElementById("made")!;
const button = form.querySelector("button")!;
const hand = document.getElementById("hand") as HTMLButtonElement;
const save = document.getElementById("save") as HTMLAnchorElement;
const request = document.getElementById("request") as HTMLAnchorElement;
let secrets: OfficeSecrets | undefined;

function tell(word: string, kind = ""): void {
  told.hidden = false;
  told.className = `note ${kind}`;
  told.textContent = data.words[word] ?? word;
}

function value(name: string): string {
  const checked = form.querySelector<HTMLInputElement>(`[name="${name}"]:checked`);
  return (checked ?? (form.elements.namedItem(name) as HTMLInputElement)).value;
}

function offer(link: HTMLAnchorElement, name: string, content: Bytes | string, type: string): void {
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
}

/** Returns what is wrong with what was filled in, as a key of the words. */
function wrong(): string | undefined {
  if (!isName(value("name").trim())) return "name";
  if ([...value("passphrase")].length < SHORTEST) return "short";
  return value("passphrase") === value("again") ? undefined : "differ";
}

async function make(): Promise<void> {
  const office = value("office") as OfficeName;
  secrets = await newSecrets(office, value("name").trim(), new Date());
  offer(save, `${office}.key`, await lock(encodeSecrets(secrets), value("passphrase")), "application/octet-stream");
  offer(request, `${office}.csr`, await requestFor(secrets, await readKey(secrets.x509Key)), "application/x-pem-file");
  save.click();
  form.hidden = true;
  made.hidden = false;
  tell("made");
}

async function handIn(own: OfficeSecrets): Promise<void> {
  const answer = await fetch(data.api + own.office, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: await encodePublic(own),
  });
  if (answer.ok) hand.hidden = true;
  tell(answer.ok ? "handed" : answer.status === 401 ? "signed-out" : "refused", answer.ok ? "" : "bad");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const found = wrong();
  if (found) {
    tell(found, "bad");
    return;
  }
  button.disabled = true;
  tell("making");
  void make().catch(() => {
    tell("unsupported", "bad");
    button.disabled = false;
  });
});

hand.addEventListener("click", () => {
  if (!secrets) return;
  hand.disabled = true;
  tell("handing");
  void handIn(secrets)
    .catch(() => tell("offline", "bad"))
    .finally(() => {
      hand.disabled = false;
    });
});

if (globalThis.crypto?.subtle) form.hidden = false;
else tell("unsupported", "bad");
