/**
 * The registrars' page: two cards, all letters, the printer, and what is put away.
 *
 * Cards and letters are in this page alone until it is left. The sealed letters reach the server before the public list, so
 * there is never a list whose letters nobody has.
 */

import { compactJson, hexDigest } from "../crypto/encoding.ts";
import { browserRandomness } from "../crypto/randomness.ts";
import {
  decodeLetters, drawNumber, encodeLetters, encodePublicList, type Letter, type LetterRequest, newIdentity, openLetters,
  readIdentity, readRequest, recipientOf, sealLetters,
} from "../crypto/sealed-letters.ts";
import { accountOf, cardOf, letterOf, listOf, type Paper, printPaper } from "./paper.ts";
import { ask, blame, fill, find, guard, parsed, readData, RefusedError, show, tell, work, type Words } from "./parts.ts";

interface Data {
  readonly election: string;
  readonly made: boolean;
  /** How many parts the draft gives a voting key. */
  readonly parts: number;
  /** Whether the election is sealed, and not annulled or over. */
  readonly sealed: boolean;
  readonly origin: string;
  readonly title: string;
  readonly estate: string;
  readonly phone: string;
  readonly worker: string;
  readonly words: Words;
  readonly paper: Words;
}

const BATCH = 200;
const BUILDING = /^(.+?幢|.+?栋|.+?号楼)(.+?单元)?/;
const BYTES = "application/octet-stream";
const data = readData<Data>();
const { words } = data;
const paper: Paper = { ...data, words: data.paper };
const api = `/api/elections/${data.election}/registrar`;
/** For whom letters are sealed; the cards' secrets are on paper by then. */
const recipients: string[] = [];
let request: LetterRequest | undefined;
let letters: readonly Letter[] = [];
let batches: ReadonlyMap<string, readonly Letter[]> = new Map();
let sealed: Uint8Array | undefined;
/** What the server keeps of what was printed, today and before. */
interface Account {
  readonly issued: readonly number[];
  readonly void: readonly { readonly entitlement: number; readonly why: string }[];
  readonly renewed: readonly number[];
}
let account: Account = { issued: [], void: [], renewed: [] };
/** Letters that were made anew while this page is open: it holds their new numbers. */
const renewedHere = new Set<number>();

function explain(error: unknown): void {
  tell(error instanceof RefusedError ? words["refused"]! + error.detail : words["offline"]!, "bad");
}

/** Lead through one card after the other. */
async function makeCards(): Promise<void> {
  for (const n of [1, 2]) {
    let identity = await newIdentity();
    const tail = identity.slice(-4);
    recipients.push(await recipientOf(identity));
    const print = find<HTMLButtonElement>(`print-card-${n}`);
    print.addEventListener("click", () => { printPaper(cardOf(paper, identity, n)); });
    find(`check-card-${n}`).addEventListener("submit", (event) => {
      event.preventDefault();
      const right = find<HTMLInputElement>(`last-${n}`).value.trim().toUpperCase() === tail;
      blame(`last-${n}-error`, right ? "" : words["check"]!);
      if (!right) return;
      // From now on the card is on paper alone.
      identity = "";
      print.disabled = true;
      find("paper").replaceChildren();
      if (n === 1) {
        find("card-1").hidden = true;
        find("card-2").hidden = false;
        find("print-card-2").focus();
      } else void ready();
    });
  }
  show("cards");
}

async function ready(): Promise<void> {
  try {
    const asked = readRequest(await ask("GET", `${api}/request`));
    if (asked.election !== data.election || asked.parts !== data.parts) {
      tell(words["other-request"]!, "bad");
      return;
    }
    request = asked;
  } catch (error) {
    explain(error);
    return;
  }
  const note = find("generate-note");
  note.textContent = fill(note.dataset["text"]!, { n: request.lines.length });
  tell("");
  show("generate");
}

async function generate(): Promise<void> {
  const button = find<HTMLButtonElement>("generate");
  button.disabled = true;
  find("making").hidden = false;
  const [bar, said] = [find<HTMLProgressElement>("making-bar"), find("making-said")];
  try {
    const made = await work(data.worker, { kind: "issue", request: request! }, (done, of) => {
      [bar.value, bar.max] = [done, of];
      said.textContent = fill(words["making"]!, { done, of });
    });
    if (made.kind !== "issued") throw new RefusedError(0, "sentence" in made ? made.sentence : "");
    said.textContent = words["sealing"]!;
    sealed = await sealLetters(encodeLetters(made.letters), recipients as [string, string]);
    await ask("PUT", `${api}/letters`, sealed, BYTES);
    await ask("POST", `${api}/credentials`, encodePublicList(data.election, made.lines));
    account = parsed<Account>(await ask("GET", `${api}/printed`));
    hold(made.letters);
    tell(fill(words["sealed"]!, { n: made.letters.length }), "good");
  } catch (error) {
    explain(error);
    button.disabled = false;
  }
  find("making").hidden = true;
}

async function unlock(): Promise<void> {
  const inputs = [1, 2].map((n) => find<HTMLInputElement>(`identity-${n}`));
  const file = find<HTMLInputElement>("sealed-file").files?.[0];
  try {
    sealed = file ? new Uint8Array(await file.arrayBuffer()) : await ask("GET", `${api}/letters`);
    account = parsed<Account>(await ask("GET", `${api}/printed`));
  } catch (error) {
    explain(error);
    return;
  }
  try {
    const opened = await openLetters(sealed, inputs.map((input) => readIdentity(input.value)) as [string, string]);
    const found = decodeLetters(opened);
    if (found.some((letter) => letter.election !== data.election)) throw new RangeError();
    for (const input of inputs) input.value = "";
    if (data.sealed && !(await compareSealed(found))) return;
    hold(found);
    tell(fill(words[data.sealed ? "own" : "opened"]!, { n: found.length }), "good");
  } catch {
    tell(words["cards"]!, "bad");
  }
}

/** Compare what was sealed with the letters before any of them can be printed; say what is wrong. */
async function compareSealed(found: readonly Letter[]): Promise<boolean> {
  const pages = `/elections/${data.election}`;
  const doubled = found.some(({ number }) => number !== undefined);
  try {
    const [archive, parts] = await Promise.all([
      ask("GET", `${pages}/${data.election}.bel`), doubled ? ask("GET", `${pages}/parts.json`) : null,
    ]);
    const answer = await work(data.worker, { kind: "own", archive, parts, letters: found }, (done, of) => {
      tell(fill(words["comparing"]!, { done, of }));
    });
    if (answer.kind === "own") return true;
    tell(words["not-own"]! + ("sentence" in answer ? answer.sentence : ""), "bad");
  } catch (error) {
    explain(error);
  }
  return false;
}

/** Keep the letters and offer them batch by batch: by building and unit, and no more than fit at a time. */
function hold(found: readonly Letter[]): void {
  letters = found;
  const groups = new Map<string, Letter[]>();
  for (const letter of letters) {
    const name = BUILDING.exec(letter.places[0] ?? "")?.[0] ?? words["rest"]!;
    groups.set(name, [...(groups.get(name) ?? []), letter]);
  }
  const cut = new Map<string, readonly Letter[]>();
  for (const [name, all] of groups) {
    for (let at = 0; at < all.length; at += BATCH) cut.set(at ? `${name} (${at / BATCH + 1})` : name, all.slice(at, at + BATCH));
  }
  batches = cut;
  find("batch").replaceChildren(
    ...[...batches].map(([name, all]) => {
      const option = document.createElement("option");
      [option.value, option.textContent] = [name, `${name}　${all.length}`];
      return option;
    }),
  );
  if (sealed) {
    const save = find<HTMLAnchorElement>("save");
    save.href = URL.createObjectURL(new Blob([sealed as Uint8Array<ArrayBuffer>], { type: BYTES }));
    save.download = `letters-${data.election}.age`;
  }
  count();
  show("letters");
}

function chosen(): readonly [string, readonly Letter[]] {
  const name = find<HTMLSelectElement>("batch").value;
  return [name, batches.get(name) ?? []];
}

/** Write down what is printed, then print it; `why` says why the print before is void. */
async function printLetters(some: readonly Letter[], why?: string): Promise<boolean> {
  if (!some.length) return false;
  const entitlements = some.map(({ entitlement }) => entitlement);
  try {
    const body = compactJson({ entitlements, ...(why && { why }) });
    account = parsed<Account>(await ask("POST", `${api}/printed`, body));
  } catch (error) {
    explain(error);
    return false;
  }
  count();
  printPaper(...some.map((letter) => letterOf(paper, letter)));
  return true;
}

/** Whether what was sealed of a letter is out of date: it was made anew, and the new number was never sealed. */
function isOld({ entitlement }: Letter): boolean {
  return account.renewed.includes(entitlement) && !renewedHere.has(entitlement);
}

async function printBatch(): Promise<void> {
  const [, all] = chosen();
  // What was printed before is printed again by voiding it, so that the account stays right.
  const due = all.filter((letter) => !account.issued.includes(letter.entitlement) && !isOld(letter));
  tell(due.length ? "" : words["all-printed"]!, "warn");
  await printLetters(due);
}

async function voidOne(): Promise<void> {
  const letter = findLetter("void-which");
  if (!letter) return;
  if (isOld(letter)) {
    tell(words["old"]!, "warn");
    return;
  }
  if (!account.issued.includes(letter.entitlement)) {
    tell(words["not-printed"]!, "warn");
    return;
  }
  tell("");
  if (await printLetters([letter], find<HTMLSelectElement>("void-why").value)) find<HTMLFormElement>("void").reset();
}

async function reissue(): Promise<void> {
  const letter = findLetter("reissue-which");
  if (!letter) return;
  if (letter.number === undefined) {
    tell(words["no-number"]!, "warn");
    return;
  }
  const renewed = { ...letter, number: drawNumber(browserRandomness) };
  const why = find<HTMLSelectElement>("reissue-why").value;
  const { election, entitlement, number } = renewed;
  const statement = compactJson({ election, entitlement, letter_number: number, version: 1, why });
  try {
    const answer = parsed<{ count: number; released: boolean }>(await ask("POST", `${api}/reissued`, statement));
    tell(fill(words["reissued"]!, { n: answer.count }) + (answer.released ? words["released"]! : ""), answer.released ? "warn" : "good");
  } catch (error) {
    explain(error);
    return;
  }
  const replace = (each: Letter): Letter => (each.entitlement === entitlement ? renewed : each);
  letters = letters.map(replace);
  batches = new Map([...batches].map(([name, all]) => [name, all.map(replace)]));
  renewedHere.add(entitlement);
  find<HTMLFormElement>("reissue").reset();
  await printLetters([renewed], "anew");
}

function findLetter(field: string): Letter | undefined {
  const wanted = Number(find<HTMLInputElement>(field).value);
  const letter = letters.find(({ entitlement }) => entitlement === wanted);
  if (!letter) tell(words["nobody"]!, "warn");
  return letter;
}

function count(): void {
  const issued = account.issued.length;
  const bad = account.void.length;
  const counts = { printed: issued + bad, issued, void: bad, left: letters.length - issued };
  for (const [name, number] of Object.entries(counts)) find(`count-${name}`).textContent = String(number);
}

function printAccount(): void {
  const counts = ["printed", "issued", "void", "left"].map((name) => {
    const strong = find(`count-${name}`);
    return [strong.parentElement!.firstChild!.textContent!.trim(), Number(strong.textContent)] as const;
  });
  const voided = account.void.map(({ entitlement, why }) => ({ entitlement, why: paper.words[`void-${why}`]! }));
  printPaper(accountOf(paper, { issued: account.issued.length, voided }, counts));
}

/** Record that the letters are destroyed, and destroy the copy with the server. */
async function destroy(): Promise<void> {
  try {
    const copy = await ask("GET", `${api}/letters`);
    const statement = compactJson({ election: data.election, letters_sha256: hexDigest(copy), version: 1 });
    await ask("POST", `${api}/destroyed`, statement);
    await ask("DELETE", `${api}/letters`);
    forget();
    find("forgotten").textContent = words["destroyed"]!;
  } catch (error) {
    explain(error);
  }
}

function forget(): void {
  URL.revokeObjectURL(find<HTMLAnchorElement>("save").href);
  [letters, batches, sealed, request] = [[], new Map(), undefined, undefined];
  find("paper").replaceChildren();
  find("batch").replaceChildren();
  tell("");
  find("forgotten").textContent = words["forgotten"]!;
  show("forgotten");
}

function on(id: string, type: "click" | "submit", act: () => void): void {
  document.getElementById(id)?.addEventListener(type, (event) => {
    event.preventDefault();
    act();
  });
}

on("generate", "click", () => void generate());
on("unlock", "submit", () => void unlock());
on("print-batch", "click", () => void printBatch());
on("print-list", "click", () => { printPaper(listOf(paper, ...chosen())); });
on("void", "submit", () => void voidOne());
on("reissue", "submit", () => void reissue());
on("print-account", "click", printAccount);
on("forget", "click", forget);
on("destroy", "submit", () => void destroy());
guard(() => letters.length > 0);
if (data.made) show("unlock");
else void makeCards();
