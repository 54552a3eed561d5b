// Asks the device for a passkey and sends its answer on. What the device asks its owner, and how, is the device's business.

export interface Words {
  failed: string;
  busy: string;
}

/** What a device answered, as it is sent on. */
export type Answer = Record<string, unknown>;

/** What to say instead of the usual sentence of failure. */
export class Told extends Error {}

export function readData<Data>(): Data {
  return JSON.parse(document.getElementById("data")?.textContent ?? "{}") as Data;
}

export function isAble(): boolean {
  return (
    typeof PublicKeyCredential === "function" &&
    "parseCreationOptionsFromJSON" in PublicKeyCredential &&
    "parseRequestOptionsFromJSON" in PublicKeyCredential &&
    "toJSON" in PublicKeyCredential.prototype
  );
}

/** Sends JSON to a page of ours and returns its JSON; what is refused is thrown. */
export async function send<Json>(path: string, body: unknown): Promise<Json> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
  });
  if (!answer.ok) {
    const told = sentenceOf(await answer.text(), document.documentElement.lang);
    throw told ? new Told(told) : new Error(`refused: ${answer.status}`);
  }
  return (await answer.json()) as Json;
}

/** Returns what a refusal says in the page's language, such as when to try again, if it says it in both. */
export function sentenceOf(refusal: string, language: string): string {
  try {
    const { detail } = JSON.parse(refusal) as { detail?: unknown };
    const [zh, en] = typeof detail === "string" ? detail.split(/(?<=。) /) : [];
    return (zh && en && (language.startsWith("zh") ? zh : en)) || "";
  } catch {
    return "";
  }
}

/** Lets the device make a passkey; returns its answer as JSON. */
export async function makePasskey(path: string, asked: unknown): Promise<Answer> {
  const options = await send<PublicKeyCredentialCreationOptionsJSON>(path, asked);
  const made = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
  return answerOf(made);
}

/** Signs in with a passkey of this device; returns where to go on. */
export async function signIn(next: string): Promise<string> {
  const options = await send<PublicKeyCredentialRequestOptionsJSON>("/sign-in/challenge", {});
  const got = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const answer = await send<{ next: string }>("/sign-in/passkey", { credential: answerOf(got), next });
  return answer.next;
}

/** What this device is called in the list of devices. */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const known = ["iPhone", "iPad", "HarmonyOS", "Android", "Windows", "Mac OS X", "Linux"];
  return (known.find((name) => agent.includes(name)) ?? "").replace("Mac OS X", "Mac");
}

/** Lets a button do something with the device, where the device can; says so while it is busy and when it failed. */
export function offer(button: HTMLButtonElement | null, words: Words, act: () => Promise<void>): void {
  if (!button || !isAble()) return;
  const label = button.textContent ?? "";
  button.disabled = false;
  const without = document.getElementById("no-passkey");
  if (without) without.hidden = true;
  button.addEventListener("click", () => {
    button.disabled = true;
    button.textContent = words.busy;
    tell("");
    act().catch((error: unknown) => {
      button.disabled = false;
      button.textContent = label;
      tell(error instanceof Told ? error.message : words.failed);
    });
  });
}

function tell(sentence: string): void {
  const place = document.getElementById("trouble");
  if (!place) return;
  place.textContent = sentence;
  place.hidden = sentence === "";
}

export function buttonOf(id: string): HTMLButtonElement | null {
  const found = document.getElementById(id);
  return found instanceof HTMLButtonElement ? found : null;
}

function answerOf(credential: Credential | null): Answer {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey");
  return credential.toJSON() as unknown as Answer;
}
