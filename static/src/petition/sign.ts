/**
 * The way from the letter to a signature under a petition.
 *
 * * What is signed is what stands on the page, whatever else the server would say.
 * * The whole key exists in the worker alone; it ends with the page.
 */

import type { Act, Asked } from "../crypto/petition.ts";
import { Api, type OpenedPart, Refusal } from "../owner/api.ts";
import { offerCode, typedCode } from "../owner/code.ts";
import { formsOf } from "../owner/forms.ts";
import { type Letter, readFragment } from "../owner/letter.ts";
import { fill, find, Steps } from "../owner/page.ts";
import { publishedBy } from "../owner/published.ts";
import { Sealer, SealingRefusal } from "../owner/sealer.ts";
import type { KeyParts } from "../worker/messages.ts";

interface Data {
  readonly election: string;
  readonly fingerprint: string;
  readonly worker: string;
  readonly asked: Asked;
  readonly begins: boolean;
  readonly code_minutes: number;
  readonly resend_seconds: number;
  readonly words: Readonly<Record<string, string>>;
  readonly language: string;
}

const scanned = readFragment(location.hash);
if (location.hash) history.replaceState(null, "", location.pathname + location.search);

const data = JSON.parse(find("data").textContent ?? "") as Data;
const api = new Api(data.election, false, "petition");
const { getElection, getPublished } = publishedBy(api);
const sealer = new Sealer(data.worker);
let asked = data.asked;
let letter: Letter | null = scanned;
let part: OpenedPart | null = null;

const steps = new Steps(() => undefined);
const { on, busy } = formsOf(steps, complain);

function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(data.words[key] ?? data.words["say-other"] ?? "", values);
}

function complain(error: unknown): void {
  if (error instanceof SealingRefusal) steps.complain(say(`say-${error.reason}`));
  else if (error instanceof Refusal) steps.complain(error.sentence(data.language) || say(`say-${error.reason}`));
  else steps.complain(say("say-fault"));
}

function keyOf(opened: OpenedPart): KeyParts {
  if (!letter) throw new Error("the key is asked for before its parts are there");
  return { letter: letter.credential, platform: { part: opened.part, public: opened.public }, credential: opened.credential };
}

on("write", async () => {
  const text = find<HTMLTextAreaElement>("text").value.trim();
  const member = document.querySelector<HTMLInputElement>("#member")?.value.trim() ?? "";
  if (!text || (asked.kind === "recall" && !member)) {
    steps.complain(say("say-write"));
    return;
  }
  asked = { ...asked, text, member };
  steps.go(letter ? "code" : "letter");
});

on("letter", async () => {
  const number = find<HTMLInputElement>("number").value.trim();
  const credential = find<HTMLInputElement>("credential").value.trim();
  if (!number || !credential) {
    steps.complain(say("say-malformed"));
    return;
  }
  letter = { number, credential };
  steps.go("code");
});

offerCode({
  api, say, busy, minutes: data.code_minutes, resendSeconds: data.resend_seconds, letterNumber: () => letter?.number ?? null,
});

on("code", async () => {
  const code = typedCode();
  if (code === null) {
    steps.complain(say("say-code"));
    return;
  }
  if (!letter) return;
  // Before the code is used up.
  const [json, published] = await Promise.all([getElection(), getPublished()]);
  const opened = await api.openPart(letter.number, code, null);
  const election = { json, fingerprint: data.fingerprint };
  await sealer.ask({ kind: "check", election, key: keyOf(opened), published });
  part = opened;
  show(opened);
  steps.go("confirm");
});

function show({ places }: OpenedPart): void {
  find("text-said").textContent = asked.text;
  find("member-said").textContent = asked.member;
  find("member-line").hidden = asked.member === "";
  find("places").replaceChildren(
    ...places.map((place) => {
      const line = document.createElement("li");
      line.textContent = place;
      return line;
    }),
  );
}

async function speak(act: Act, done: string): Promise<void> {
  if (!part) {
    steps.go("code");
    return;
  }
  const json = await getElection();
  const election = { json, fingerprint: data.fingerprint };
  const answer = await sealer.ask({ kind: "word", election, key: keyOf(part), asked, act });
  if (answer.kind !== "worded") throw new SealingRefusal("fault");
  const place = `/api/estates/${asked.estate}/petitions`;
  if (data.begins) {
    const { petition, kind, text, member } = asked;
    await api.petition(place, JSON.stringify({ number: petition, kind, text, member, signed: answer.word }));
  } else {
    await api.petition(`${place}/${asked.petition}/words`, answer.word);
  }
  sealer.end();
  part = null;
  find("done-said").textContent = say(done);
  // A form's own step is over: nothing leads back behind it.
  steps.go("done", true);
}

on("confirm", () => speak("sign", data.begins ? "say-begun" : "say-signed"));

for (const [id, act, done] of [["take-back", "take-back", "say-back"], ["end", "end", "say-ended"]] as const) {
  const button = document.getElementById(id);
  button?.addEventListener("click", () => {
    void busy(button, () => speak(act, done));
  });
}

find("way").hidden = false;
steps.go(data.begins ? "write" : letter ? "code" : "letter", true);
