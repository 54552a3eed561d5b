/**
 * The office makes the card that opens signers: its secret stands on the page until it was copied, its public half goes to
 * the server.
 */

import { compactJson } from "../crypto/encoding.ts";
import { newIdentity, recipientOf } from "../crypto/sealed-letters.ts";
import { sentenceOf } from "./sentence.ts";
import { ask, find, guard, readData, RefusedError, tell, type Words } from "../holders/parts.ts";

interface Data {
  readonly estate: string;
  readonly after: string;
  readonly words: Words;
}

const data = readData<Data>();
let identity = "";

guard(() => identity !== "");

find("make").addEventListener("click", () => {
  void make();
});

async function make(): Promise<void> {
  identity = await newIdentity();
  find("secret").textContent = identity;
  find("start").hidden = true;
  find("made").hidden = false;
  find("made-title").focus();
}

find("print").addEventListener("click", () => window.print());

find("keep").addEventListener("submit", (event) => {
  event.preventDefault();
  void keep();
});

async function keep(): Promise<void> {
  if (find<HTMLInputElement>("last").value.trim().toUpperCase() !== identity.slice(-4)) {
    tell(data.words["say-last"]!, "bad");
    return;
  }
  try {
    await ask("POST", `/api/estates/${data.estate}/petition-card`, compactJson({ recipient: await recipientOf(identity) }));
  } catch (error) {
    tell(error instanceof RefusedError ? sentenceOf(error.detail) : data.words["say-offline"]!, "bad");
    return;
  }
  identity = "";
  find("secret").textContent = "";
  location.assign(data.after);
}
