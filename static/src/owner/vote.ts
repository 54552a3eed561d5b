/**
 * The way from the letter to the receipt.
 *
 * * What stands behind # leaves the address bar before anything else, and never reaches the server.
 * * A ballot is sealed once and sent until it is answered; whether it counts is asked, never guessed.
 * * Whole keys exist in the worker alone; it ends with the vote.
 */

import type { KeyParts } from "../worker/messages.ts";
import { Api, type OpenedPart, Refusal } from "./api.ts";
import { offerCode, typedCode } from "./code.ts";
import { prepareDispute } from "./dispute.ts";
import { prepareLooks } from "./looks.ts";
import { formsOf } from "./forms.ts";
import { showArea, showHomes } from "./home.ts";
import { showReceipt } from "./keep-receipt.ts";
import { type Letter, readFragment } from "./letter.ts";
import { Memory, type Pending } from "./memory.ts";
import { Steps, checked, fill, find, prepareAids, readData, tick, watchIdle } from "./page.ts";
import { publishedBy } from "./published.ts";
import { type Answer, findTrouble, mark, settle } from "./questions.ts";
import { Sealer, SealingRefusal } from "./sealer.ts";
import { isUnsure, passedSender, tryAgain } from "./waiting.ts";

const scanned = readFragment(location.hash);
if (location.hash) history.replaceState(null, "", location.pathname + location.search);
// Another letter that is opened in this tab changes what stands behind # only: the page has to begin anew with it.
window.addEventListener("hashchange", () => {
  if (readFragment(location.hash)) location.reload();
});

const data = readData();
const api = new Api(data.election, data.assisted);
const { getElection, getPublished } = publishedBy(api);
const memory = new Memory(data.election, !data.assisted);
const IDLE_SECONDS = 60;

let letter: Letter | null = null;
let acting: string | null = null;
let part: OpenedPart | null = null;
/** Whether keys have one part and the letter's was checked. */
let alone = false;
let answers: (Answer | null)[] = data.questions.map(() => null);
let sealer: Sealer | null = null;
/** A sealed ballot that was not acknowledged yet. */
let held: Pending | null = memory.waiting.find(({ passed }) => !passed) ?? null;
/** One of an earlier visit is sent when its owner says so: they may have voted elsewhere since. */
const found = held;
/** A review that was reached sends whoever edits one answer straight back to it. */
let reviewed = false;

const steps = new Steps(enter);
const { on, busy } = formsOf(steps, complain);

function say(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  return fill(data.words[key] ?? data.words["say-other"] ?? "", values);
}

function complain(error: unknown): void {
  if (error instanceof SealingRefusal) {
    steps.complain(say(`say-${error.reason}`));
  } else if (error instanceof Refusal) {
    steps.complain(error.sentence(data.language) || say(`say-${error.reason}`));
  } else {
    steps.complain(say("say-fault"));
  }
}

function remember(): void {
  memory.draft = { letter, acting, answers };
}

function getSealer(): Sealer {
  sealer ??= new Sealer(data.worker);
  return sealer;
}

/** Let the worker make its tables while the owner still reads. */
async function warm(): Promise<void> {
  const [json] = await Promise.all([getElection(), getPublished()]);
  await getSealer().ask({ kind: "warm", election: { json, fingerprint: data.fingerprint } });
}

function keyOf(opened: OpenedPart | null): KeyParts {
  if (!letter) throw new Error("the key is asked for before its parts are there");
  const platform = opened && { part: opened.part, public: opened.public };
  return { letter: letter.credential, platform, credential: opened?.credential ?? null };
}

function enter(step: string): void {
  if (step === "review") showReview();
  // Where a browser keeps nothing, leaving the page would lose the ballot.
  if (step === "unsent") {
    const kept = held !== null && memory.holds(held.tracker);
    find("pass").hidden = !kept;
    find("stay").hidden = kept;
    find("tries").hidden = held === found;
    again();
  }
  if (step.startsWith("question-")) {
    const index = Number(step.slice("question-".length));
    tick(step, answers[index] ?? []);
  }
}

function showReview(): void {
  reviewed = true;
  data.questions.forEach((question, index) => {
    const chosen = (answers[index] ?? []).map((each) => question.choices[each]).join("\n");
    find(`answer-${index}`).textContent = chosen || say("say-nobody");
  });
}

on("letter", async () => {
  const number = data.two_parts ? find<HTMLInputElement>("number").value.trim() : "";
  const credential = find<HTMLInputElement>("credential").value.trim();
  if ((data.two_parts && !number) || !credential) {
    steps.complain(say("say-malformed"));
    return;
  }
  letter = { number, credential };
  remember();
  steps.go("acting");
});

on("acting", async () => {
  acting = document.querySelector<HTMLInputElement>('input[name="acting"]:checked')?.value ?? null;
  if (!acting) {
    steps.complain(say("say-acting"));
    return;
  }
  remember();
  if (!data.two_parts) return openAlone();
  warm().catch(() => undefined);
  steps.go("code");
});

/** Without a code the letter alone is the key, once the sealed list is seen to have it. */
async function openAlone(): Promise<void> {
  alone = false;
  try {
    showArea(await check(null));
  } catch (error) {
    if (!(error instanceof SealingRefusal)) throw error;
    steps.go("letter", true);
    complain(error);
    return;
  }
  alone = true;
  steps.go("home");
}

/** Check a key against what was sealed; return the area that it stands for, in dm². */
async function check(opened: OpenedPart | null): Promise<number> {
  const [json, published] = await Promise.all([getElection(), getPublished()]);
  const sealed = { json, fingerprint: data.fingerprint };
  const answer = await getSealer().ask({ kind: "check", election: sealed, key: keyOf(opened), published });
  if (answer.kind !== "checked") throw new SealingRefusal("fault");
  return answer.areaDm2;
}

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
  await Promise.all([getElection(), getPublished()]);
  const opened = await api.openPart(letter.number, code, acting);
  part = null;
  await check(opened);
  part = opened;
  showHomes(opened, say, data.language);
  steps.go("home");
});

if (data.two_parts) {
  const pass = (): string | undefined => part?.owner_pass;
  prepareDispute(on, { api, steps, say, pass });
  prepareLooks(on, { api, steps, busy, pass, language: data.language });
}

on("home", async () => steps.go("question-0"));

data.questions.forEach((question, index) => {
  const name = `question-${index}`;
  document.querySelector(`form[data-step="${name}"]`)?.addEventListener("change", (event) => {
    tick(name, settle(question, checked(name), Number((event.target as HTMLInputElement).value)));
    steps.calm();
  });
  on(name, async () => {
    const answer = checked(name);
    const trouble = findTrouble(question, answer);
    if (trouble) {
      steps.complain(say(trouble, { n: question.max, chosen: answer.length }));
      return;
    }
    answers[index] = answer;
    remember();
    const next = index + 1 < data.questions.length && !reviewed ? `question-${index + 1}` : "review";
    steps.go(next);
  });
});

for (const button of document.querySelectorAll<HTMLButtonElement>("[data-edit]")) {
  button.addEventListener("click", () => steps.go(`question-${button.dataset["edit"] ?? 0}`));
}

function report(done: number, words: string): void {
  find<HTMLProgressElement>("bar").value = done;
  find("progress").textContent = say(words);
}

on("review", async () => {
  if (!part && !alone) {
    // The page was loaded anew: the code that opened the key is used up.
    steps.go(data.two_parts ? "code" : "acting");
    return;
  }
  steps.go("casting");
  report(0, "say-sealing");
  try {
    held = await seal(part);
  } catch (error) {
    steps.go("review");
    complain(error);
    return;
  }
  memory.keep(held);
  await deliver(held);
});

async function seal(opened: OpenedPart | null): Promise<Pending> {
  const json = await getElection();
  const sealed = { json, fingerprint: data.fingerprint };
  if (opened && !opened.agreed) {
    // What was on the screen is signed, whatever else the server would answer.
    const text = find("agreement-said").textContent ?? "";
    const agreed = await getSealer().ask({ kind: "agree", election: sealed, key: keyOf(opened), text });
    if (agreed.kind !== "agreed") throw new SealingRefusal("fault");
    await api.agree(agreed.agreement);
    part = { ...opened, agreed: true };
  }
  const choices = data.questions.map((question, index) => mark(question, answers[index] ?? []));
  const shown = data.questions.map((question, index) => ({
    text: find(`question-${index}`).textContent ?? "", answers: question.choices,
  }));
  const answer = await getSealer().ask({ kind: "seal", election: sealed, key: keyOf(opened), choices, shown }, (done, of) =>
    report((0.8 * done) / of, "say-sealing"),
  );
  if (answer.kind !== "sealed") throw new SealingRefusal("fault");
  return { ballot: answer.ballot, tracker: answer.tracker };
}

/** Send a sealed ballot; without an answer it waits, and nothing is sealed anew. Who reads meanwhile is not disturbed. */
async function deliver(pending: Pending, quietly = false): Promise<void> {
  if (!quietly) steps.go("casting");
  report(0.9, "say-sending");
  const wait = (error?: unknown): void => {
    if (quietly || held !== pending) return;
    steps.go("unsent");
    if (error instanceof Refusal && error.reason !== "offline") complain(error);
  };
  // An older ballot that arrived after this one would replace it.
  if (!(await sendPassed())) {
    wait();
    return;
  }
  let receipt: string;
  try {
    receipt = await api.cast(pending.ballot);
  } catch (error) {
    if (isUnsure(error)) wait(error);
    else refuse(pending, error);
    return;
  }
  // An answer that promises nothing is no answer: the same ballot may be sent again.
  if (!(await isPromised(receipt, pending.tracker))) wait();
  else if (held === pending) finish(pending.tracker, receipt);
}

/** Say that a ballot was looked at and not taken, where its owner can do something about it. */
function refuse(pending: Pending, error: unknown): void {
  memory.drop(pending.tracker);
  if (held !== pending) return;
  held = null;
  const open = part !== null || alone;
  steps.go(open ? "review" : letter ? "acting" : "letter", !open);
  complain(error);
}

const again = tryAgain(
  () => held !== found && held !== null && steps.now === "unsent",
  async () => {
    if (held) await deliver(held, true);
  },
);

const sendPassed = passedSender(memory, api, isPromised);

/** Whether the platform signed that the ballot came in. */
async function isPromised(receipt: string, tracker: string): Promise<boolean> {
  try {
    const [json, { manifest }] = await Promise.all([getElection(), getPublished()]);
    await getSealer().ask({ kind: "promise", election: { json, fingerprint: data.fingerprint }, manifest, receipt, tracker });
    return true;
  } catch {
    return false;
  }
}

function finish(tracker: string, receipt: string): void {
  held = null;
  memory.drop(tracker);
  memory.draft = null;
  showReceipt(data, tracker, receipt);
  find("change").hidden = !(part?.may_change ?? alone);
  steps.go("done");
}

on("unsent", async () => {
  if (held) await deliver(held);
});

find("change").addEventListener("click", () => {
  reviewed = false;
  steps.go("question-0", true);
});

/** Forget whoever voted: the worker with its keys, what the phone remembers, and what the page shows. */
function forget(): void {
  memory.draft = null;
  sealer?.end();
  location.replace(location.pathname + location.search);
}

find("next-person").addEventListener("click", forget);

find("pass-on").addEventListener("click", () => {
  if (held && memory.keep({ ...held, passed: true })) forget();
});

/** A ballot that waits goes on at once when there is a connection again. */
window.addEventListener("online", () => {
  if (held && steps.now === "unsent") void deliver(held, true);
  else sendPassed().catch(() => undefined);
});

function begin(): void {
  const draft = memory.draft;
  find("way").hidden = false;
  prepareAids();
  if (data.assisted) watchIdle(IDLE_SECONDS, () => steps.now !== "letter" && held === null, forget);
  if (scanned) {
    letter = scanned;
    remember();
  } else if (draft) {
    ({ letter, acting } = draft);
    answers = data.questions.map((_, index) => draft.answers[index] ?? null);
  }
  if (held) {
    const pending = held;
    steps.go("unsent", true);
    // What is in the box already only lacks its receipt.
    api.has(pending.tracker).then((there) => (there ? deliver(pending, true) : undefined)).catch(() => undefined);
    return;
  }
  sendPassed().catch(() => undefined);
  steps.go(!letter ? "letter" : acting && !scanned && data.two_parts ? "code" : "acting", true);
}

begin();
