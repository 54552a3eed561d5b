/**
 * The office opens the signers of a petition with its card, looks at each, and strikes what does not count.
 *
 * * Signers are readable in this page alone; what goes back is which numbers were seen, and of a struck one its area.
 * * A signature by key is verified here again, so that the server cannot add owners of its own making.
 */

import { Decrypter } from "age-encryption";
import { compactJson, hexDigest } from "../crypto/encoding.ts";
import { petitionDigest, verifySignedWord } from "../crypto/petition.ts";
import { readIdentity } from "../crypto/sealed-letters.ts";
import { sentenceOf } from "./sentence.ts";
import { ask, fill, find, parsed, readData, RefusedError, tell, type Words } from "../holders/parts.ts";

interface Data {
  readonly estate: string;
  readonly petition: string;
  readonly kind: string;
  readonly text: string;
  readonly member: string;
  readonly election: string;
  readonly fingerprint: string;
  readonly after: string;
  readonly sets_day: boolean;
  readonly strikes: readonly (readonly [string, string])[];
  readonly words: Words;
}

/** Whose signature it is. */
interface Signer {
  readonly line: number;
  readonly homes: readonly string[];
  readonly owner: string;
  readonly area_dm2: number;
  readonly salt: string;
  readonly serial: string;
  readonly photo_sha256: string;
  readonly word: string;
}

const data = readData<Data>();
const { words } = data;
const api = `/api/estates/${data.estate}/petitions/${data.petition}`;
const DECODER = new TextDecoder();
let identity = "";
let signers: readonly Signer[] = [];
/** By number, why it is struck. */
const struck = new Map<number, string>();

async function open(sealed: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(sealed);
}

function explain(error: unknown): void {
  if (error instanceof RefusedError) tell(sentenceOf(error.detail), "bad");
  else tell(error instanceof TypeError ? words["say-offline"]! : words["say-fault"]!, "bad");
}

find("open").addEventListener("submit", (event) => {
  event.preventDefault();
  load().catch(explain);
});

async function load(): Promise<void> {
  tell("");
  let sealed: readonly { readonly line: number; readonly sealed: string }[];
  try {
    identity = readIdentity(find<HTMLInputElement>("identity").value);
  } catch {
    tell(words["say-card"]!, "bad");
    return;
  }
  sealed = parsed<{ signers: typeof sealed }>(await ask("GET", `${api}/signers`)).signers;
  try {
    const found = [];
    for (const each of sealed) {
      const signer = parsed<Signer>(await open(Uint8Array.from(atob(each.sealed), (sign) => sign.charCodeAt(0))));
      if (signer.line !== each.line) throw new Error("a signer stands at another number");
      found.push(signer);
    }
    signers = found;
  } catch {
    tell(words["say-card"]!, "bad");
    return;
  }
  find<HTMLInputElement>("identity").value = "";
  find("open").hidden = true;
  find("opened").hidden = false;
  find("none").hidden = signers.length > 0;
  find("signers").replaceChildren(...signers.map(lineOf));
  count();
  find("opened-title").focus();
}

function lineOf(signer: Signer): Node {
  const line = find<HTMLTemplateElement>("signer").content.cloneNode(true) as DocumentFragment;
  const at = <T extends HTMLElement>(name: string): T => line.querySelector<T>(`[data-at="${name}"]`)!;
  const title = `${fill(words["check-line"]!, { n: signer.line })} ${signer.owner}`;
  at("title").textContent = title;
  at("homes").textContent = `${signer.homes.join("、")} · ${(signer.area_dm2 / 100).toFixed(2)} m²`;
  at("how").textContent = howOf(signer);
  const [label, select] = [line.querySelector("label")!, line.querySelector("select")!];
  select.id = `decision-${signer.line}`;
  label.htmlFor = select.id;
  label.textContent = words["say-decision"]!;
  for (const [value, text] of [["", words["say-keep"]!] as const, ...data.strikes]) select.add(new Option(text, value));
  select.addEventListener("change", () => {
    if (select.value) struck.set(signer.line, select.value);
    else struck.delete(signer.line);
    count();
  });
  if (signer.serial) {
    const [place, button] = [at("photo"), at("photo").querySelector("button")!];
    const picture = at("picture");
    place.hidden = false;
    button.textContent = words["say-photo"]!;
    button.addEventListener("click", () => {
      showPhoto(signer, picture, title).catch(explain);
    });
  }
  return line;
}

function howOf({ word, serial }: Signer): string {
  if (!word) return fill(words["say-paper"]!, { serial });
  const { petition, estate, kind, text, member, election, fingerprint } = data;
  const textSha256 = petitionDigest({ petition, estate, kind, text, member });
  try {
    verifySignedWord(word, { election, fingerprint, petition, textSha256, act: "sign" });
    return words["say-by-key"]!;
  } catch {
    return words["say-bad-key"]!;
  }
}

async function showPhoto(signer: Signer, picture: HTMLElement, title: string): Promise<void> {
  const photo = await open(await ask("GET", `${api}/photos/${signer.line}`));
  if (hexDigest(photo) !== signer.photo_sha256) {
    tell(words["say-photo-bad"]!, "bad");
    return;
  }
  const type = photo[0] === 0x89 ? "image/png" : "image/jpeg";
  const image = picture.querySelector("img")!;
  let text = "";
  for (let from = 0; from < photo.length; from += 0x8000) text += String.fromCharCode(...photo.subarray(from, from + 0x8000));
  image.src = `data:${type};base64,${btoa(text)}`;
  image.alt = title;
  picture.hidden = false;
}

function count(): void {
  const left = signers.filter(({ line }) => !struck.has(line));
  const area = left.reduce((sum, { area_dm2 }) => sum + area_dm2, 0);
  find("left").textContent = fill(words["check-left"]!, { heads: left.length, area: (area / 100).toFixed(2) });
}

find("finish").addEventListener("submit", (event) => {
  event.preventDefault();
  finish().catch(explain);
});

async function finish(): Promise<void> {
  tell("");
  const strikes = signers
    .filter(({ line }) => struck.has(line))
    .map(({ line, area_dm2, salt }) => ({ line, why: struck.get(line), area_dm2, salt }));
  const due = data.sets_day ? find<HTMLInputElement>("due").value : "";
  const body = { seen: signers.map(({ line }) => line), strikes, due_on: due || null };
  DECODER.decode(await ask("POST", `${api}/check`, compactJson(body)));
  identity = "";
  location.assign(data.after);
}
