/**
 * A key-holder's page: characters and card, the rounds of the ceremony, the trial, opening day, the end.
 *
 * What is secret is the seed in `held`, from making or typing the characters until the page is left.
 */

import { type Board, decodeBoard, ThresholdError } from "../crypto/ceremony-board.ts";
import {
  findHolder, type Holder, nextPost, recoverSecret, verifyAssembled, writtenPost,
} from "../crypto/ceremony.ts";
import { newSeed, type Place, readCharacters, writeCharacters } from "../crypto/characters.ts";
import { decodeElection } from "../crypto/election.ts";
import { CryptoError } from "../crypto/errors.ts";
import { browserRandomness } from "../crypto/randomness.ts";
import { makeDestroyed, makeTrial } from "../crypto/share.ts";
import { makeList } from "./lists.ts";
import { ask, blame, fill, find, guard, parsed, pause, readData, RefusedError, show, tell, work, type Words } from "./parts.ts";

interface Data {
  readonly election: string;
  readonly index: number;
  readonly size: number;
  readonly threshold: number;
  readonly name: string;
  readonly state: string;
  readonly given: boolean;
  readonly named: boolean;
  readonly worker: string;
  readonly words: Words;
}

const POLL = 1500;
const SLOW_POLL = 20_000;
const ASKED = 2;
const CONFLICT = 409;
const data = readData<Data>();
const { words } = data;
const api = `/api/elections/${data.election}`;
const mine = `${api}/trustees/${data.index}`;
const place: Place = { context: data.election, size: data.size, threshold: data.threshold, index: data.index };
/** Where the browser keeps the digests of what was opened, which are no secret: of the total, and of the ballots. */
const OPENED = `opened.${data.election}.${data.index}`;
const COUNTED = `counted.${data.election}.${data.index}`;
/** The same, for as long as the page is open, where a browser keeps nothing. */
const opened = new Map<string, string>();
let held: Uint8Array | null = null;
let { state, given } = data;
let running = false;
let opening = false;

async function fetchBoard(): Promise<Uint8Array> {
  return ask("GET", `${api}/board`);
}

function holderOf(seed: Uint8Array): Holder {
  return { seed, place, name: data.name };
}

/** Return the seed of typed characters if they are a card's, and say at the field if not. */
function typed(form: string): Uint8Array | null {
  const input = find<HTMLInputElement>(`${form}-characters`);
  try {
    const seed = readCharacters(input.value);
    blame(`${form}-error`, "");
    input.value = "";
    return seed;
  } catch {
    blame(`${form}-error`, words["characters"]!);
    return null;
  }
}

/** Whether the card of `seed` is that of this place on a finished or unfinished board. */
function isOwn(seed: Uint8Array, board: Board): boolean {
  try {
    return findHolder(seed, board).place.index === data.index;
  } catch (error) {
    // Before all have arrived nobody can be found; the first step of the rounds compares then.
    return error instanceof ThresholdError;
  }
}

function begin(): void {
  held ??= newSeed(browserRandomness);
  const list = find("characters");
  list.replaceChildren(
    ...[...writeCharacters(held)].map((character) => {
      const item = document.createElement("li");
      item.textContent = character;
      return item;
    }),
  );
  show("copy");
}

function askBack(): void {
  find("characters").replaceChildren();
  const places = new Set<number>();
  while (places.size < ASKED) places.add((browserRandomness(1)[0]! % 12) + 1);
  const template = find<HTMLTemplateElement>("ask-one");
  find("asked").replaceChildren(
    ...[...places].sort((left, right) => left - right).map((n) => {
      const field = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
      const [label, input] = [field.querySelector("label")!, field.querySelector("input")!];
      label.textContent = fill(label.textContent!, { n });
      label.htmlFor = input.id = `character-${n}`;
      input.dataset["place"] = String(n);
      return field;
    }),
  );
  blame("ask-error", "");
  show("ask");
}

function compare(): void {
  const characters = [...writeCharacters(held!)];
  const inputs = [...find("asked").querySelectorAll("input")];
  if (inputs.every((input) => input.value.trim() === characters[Number(input.dataset["place"]) - 1])) {
    find("asked").replaceChildren();
    void run();
  } else blame("ask-error", words["wrong"]!);
}

/** Do the rounds as they come due, then try the key, until enough could open. */
async function run(): Promise<void> {
  if (running) return;
  running = true;
  show("rounds");
  const holder = holderOf(held!);
  try {
    while (!(await round(holder))) await pause(POLL);
  } finally {
    running = false;
  }
}

/** Go one step; return whether there is nothing left to do here. */
async function round(holder: Holder): Promise<boolean> {
  try {
    const board = decodeBoard(await fetchBoard());
    tell("");
    let post;
    try {
      post = nextPost(holder, board, browserRandomness);
    } catch (error) {
      if (!(error instanceof ThresholdError)) throw error;
      progress(board);
      return false;
    }
    if (post) {
      await ask("POST", `${mine}/posts`, writtenPost(post));
      return false;
    }
    progress(board);
    if (board.missing("keys").length) return false;
    return await tryKey(holder, board);
  } catch (error) {
    if (error instanceof TypeError || (error instanceof RefusedError && error.status >= 500)) tell(words["offline"]!, "warn");
    else if (error instanceof RefusedError && error.status === CONFLICT) return false;
    else {
      tell(words["stop"]! + (error instanceof RefusedError ? error.detail : (error as Error).message), "bad");
      return true;
    }
    return false;
  }
}

async function tryKey(holder: Holder, board: Board): Promise<boolean> {
  const trustees = await ask("GET", `${api}/trustees.json`);
  verifyAssembled(board, trustees);
  const trial = makeTrial(data.election, trustees, data.index, recoverSecret(holder, board), browserRandomness);
  const answer = parsed<{ trustees: number[]; opens: boolean }>(await ask("POST", `${mine}/trial`, trial));
  const missing = Array.from({ length: data.size }, (_, at) => at + 1).filter((each) => !answer.trustees.includes(each));
  mark("trial", missing, true);
  if (missing.length) find("rounds").querySelector("[data-round=trial] [data-said]")!.textContent = fill(words["trying"]!, { who: missing.join("、") });
  if (!answer.opens || missing.length) return false;
  find("verdict").textContent = words["opens"]!;
  find("verdict-note").textContent = fill(words["opens-note"]!, { who: answer.trustees.length });
  show("tried");
  return true;
}

function progress(board: Board): void {
  for (const name of ["certificates", "commitments", "reveals", "keys"] as const) {
    mark(name, board.missing(name), board.find(name, data.index) !== undefined);
  }
}

function mark(name: string, missing: readonly number[], own: boolean): void {
  const item = find("rounds").querySelector<HTMLElement>(`[data-round="${name}"]`)!;
  item.className = missing.length === 0 ? "done" : own ? "now" : "later";
  const waiting = missing.length && own ? fill(words["wait"]!, { who: missing.join("、") }) : "";
  item.querySelector("[data-said]")!.textContent = missing.length === 0 ? "✓" : waiting;
}

function remembered(name: string): string | null {
  const here = opened.get(name);
  if (here !== undefined) return here;
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(digest: string, ballots: string): void {
  opened.set(OPENED, digest).set(COUNTED, ballots);
  try {
    localStorage.setItem(OPENED, digest);
    localStorage.setItem(COUNTED, ballots);
  } catch {
    // The card says it too.
  }
}

async function checkBallots(seed: Uint8Array): Promise<void> {
  if (opening) return;
  opening = true;
  find("open-progress").hidden = false;
  const said = find("open-said");
  const bar = find<HTMLProgressElement>("open-bar");
  said.textContent = words["loading"]!;
  tell("");
  try {
    const pages = `/elections/${data.election}`;
    const [archive, manifest, board] = await Promise.all([
      ask("GET", `${pages}/${data.election}.bel`), ask("GET", `${pages}/manifest.json`), fetchBoard(),
    ]);
    const request = {
      kind: "open" as const, election: data.election, archive, manifest, board, seed, now: Date.now(), before: remembered(OPENED),
    };
    const done = await work(data.worker, request, (checked, of) => {
      [bar.value, bar.max] = [checked, of];
      said.textContent = fill(words["checking"]!, { done: checked, of });
    });
    if (done.kind === "refused") {
      tell(words["stop"]! + words[done.why]! + done.sentence, "bad");
      return;
    }
    if (done.kind !== "opened") return;
    const area = `${done.area.padStart(3, "0").slice(0, -2)}.${done.area.padStart(3, "0").slice(-2)}`;
    find("total").textContent = fill(words["total"]!, { n: done.counted, area });
    show("hand");
    find("hand").onclick = () => {
      // Before it leaves, so that a lost answer cannot lead to a second total.
      remember(done.digest, done.ballots);
      void handIn(done.share, seed);
    };
  } catch (error) {
    tell(error instanceof RefusedError ? error.detail : words["offline"]!, "warn");
  } finally {
    opening = false;
    find("open-progress").hidden = true;
  }
}

async function handIn(share: Uint8Array, seed: Uint8Array): Promise<void> {
  const button = find<HTMLButtonElement>("hand");
  button.disabled = true;
  try {
    await ask("POST", `${mine}/share`, share);
    // In a named election there is one more step, once the others have come.
    held = data.named ? seed : null;
    given = true;
    tell("");
    show("given");
  } catch (error) {
    tell(error instanceof RefusedError ? words["stop"]! + error.detail : words["offline"]!, error instanceof RefusedError ? "bad" : "warn");
    button.disabled = false;
  }
}

async function listBallots(seed: Uint8Array): Promise<void> {
  if (opening) return;
  opening = true;
  const { election, index, worker } = data;
  if (await makeList({ election, index, worker, words, known: remembered(COUNTED) }, seed)) {
    held = null;
    show(state === "preliminary" ? "listed" : "listed-late");
  }
  opening = false;
}

async function destroy(seed: Uint8Array): Promise<void> {
  try {
    const board = decodeBoard(await fetchBoard());
    if (!isOwn(seed, board)) {
      blame("destroy-error", words["other-card"]!);
      return;
    }
    const election = decodeElection(await ask("GET", `/elections/${data.election}/election.json`));
    const secret = recoverSecret(findHolder(seed, board), board);
    await ask(
      "POST", `${mine}/destroyed`,
      makeDestroyed(data.election, election.fingerprint, data.index, secret, browserRandomness),
    );
    held = null;
    show("destroyed");
  } catch (error) {
    tell(error instanceof RefusedError || error instanceof CryptoError ? words["stop"]! + error.message : words["offline"]!, "bad");
  }
}

async function resume(form: "resume" | "retry"): Promise<void> {
  const seed = typed(form);
  if (!seed) return;
  try {
    if (!isOwn(seed, decodeBoard(await fetchBoard()))) {
      blame(`${form}-error`, words["other-card"]!);
      return;
    }
  } catch {
    tell(words["offline"]!, "warn");
    return;
  }
  held = seed;
  await run();
}

function submit(id: string, act: () => void): void {
  find<HTMLFormElement>(id).addEventListener("submit", (event) => {
    event.preventDefault();
    act();
  });
}

/** Show what the state asks of this key-holder. */
async function enter(): Promise<void> {
  const named = data.named && given && state !== "annulled" ? "-named" : "";
  if (state === "draft") {
    const board = decodeBoard(await fetchBoard());
    const begun = board.find("certificates", data.index) !== undefined;
    show(!begun ? "begin" : board.posts.length === 4 * data.size ? "retry" : "resume");
  } else if (["sealed", "noticed", "open"].includes(state)) show("sealed");
  else if (["closed", "checked"].includes(state)) show("counted");
  else if (state === "tallied") {
    find("open-held").hidden = held === null;
    find("open-typed").hidden = held !== null;
    show(given ? "given" : "open");
  } else {
    find("lists-held").hidden = held === null;
    find("lists-typed").hidden = held !== null;
    show((state === "preliminary" ? "published" : "destroy") + named);
  }
}

/** Notice on a page that stays open that the election goes on. */
async function watch(): Promise<void> {
  for (;;) {
    await pause(SLOW_POLL);
    if (running || opening) continue;
    try {
      const page = new DOMParser().parseFromString(new TextDecoder().decode(await ask("GET", location.pathname)), "text/html");
      const now = JSON.parse(page.getElementById("data")!.textContent!) as Data;
      const busy = document.querySelector<HTMLElement>("[data-panel=hand]")!;
      const changed = now.state !== state;
      [state, given] = [now.state, now.given];
      if (changed && busy.hidden) await enter();
    } catch {
      // The connection or the session is gone; whoever wants to go on will see that.
    }
  }
}

find("take").addEventListener("click", begin);
find("copied").addEventListener("click", askBack);
find("again").addEventListener("click", begin);
submit("ask", compare);
submit("resume", () => void resume("resume"));
submit("retry", () => void resume("retry"));
submit("open", () => {
  const seed = typed("open");
  if (seed) void checkBallots(seed);
});
submit("destroy", () => {
  const seed = typed("destroy");
  if (seed) void destroy(seed);
});
find("open-now").addEventListener("click", () => void checkBallots(held!));
submit("lists", () => {
  const seed = typed("lists");
  if (seed) void listBallots(seed);
});
find("lists-now").addEventListener("click", () => void listBallots(held!));
guard(() => running);
window.addEventListener("pagehide", () => {
  held = null;
});
enter().catch(() => { tell(words["offline"]!, "warn"); });
void watch();
