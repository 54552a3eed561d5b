/** What comes out of the printer: cards, letters, delivery lists, the account. It stands in #paper only while it prints. */

import qrcode from "qrcode-generator";
import type { Letter } from "../crypto/sealed-letters.ts";
import { fill, find, type Words } from "./parts.ts";

export interface Paper {
  readonly words: Words;
  readonly origin: string;
  readonly title: string;
  readonly estate: string;
  readonly phone: string;
}

export interface Account {
  readonly issued: number;
  readonly voided: readonly { readonly entitlement: number; readonly why: string }[];
}

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;
/** How every card's secret begins; the last group of six then holds the four characters that are asked back. */
const PREFIX = "AGE-SECRET-KEY-1";

/** Print elements and nothing else; afterwards they are gone from the page. */
export function printPaper(...sheets: readonly Node[]): void {
  const paper = find("paper");
  paper.replaceChildren(...sheets);
  document.body.dataset["print"] = "";
  const done = (): void => {
    delete document.body.dataset["print"];
    paper.replaceChildren();
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}

/** Return the card of one registrar. */
export function cardOf(paper: Paper, identity: string, n: number): HTMLElement {
  const { words } = paper;
  return make("section", "paper-card", [
    make("h1", "", [fill(words["card"]!, { n })]),
    make("p", "", [`${paper.estate} ${paper.title}`]),
    qrOf(identity),
    make("p", "code", [[PREFIX, ...identity.slice(PREFIX.length).match(/.{1,6}/g)!].join(" ")]),
    make("p", "", [fill(words["last"]!, { last: identity.slice(-4) })]),
    make("p", "", [words["card-rule"]!]),
  ]);
}

/** Return one letter, its address in the window of the envelope. */
export function letterOf(paper: Paper, letter: Letter): HTMLElement {
  const { words } = paper;
  const link = linkOf(paper.origin, letter);
  const keys = make("dl", "", []);
  if (letter.number !== undefined) keys.append(make("dt", "", [words["number"]!]), make("dd", "", [letter.number]));
  keys.append(make("dt", "", [words["code"]!]), make("dd", "", [letter.credential]));
  const steps = ["1", "2", "3"].map((n) => make("li", "", [words[`how.${n}`]!]));
  const inside = make("div", "inside", [
    make("h1", "", [paper.title]),
    make("p", "", [paper.estate]),
    make("div", "keys", [qrOf(link), keys]),
    make("h2", "", [words["how"]!]),
    make("ol", "", steps),
    make("p", "", [words["hand"]!]),
    make("p", "seam", [words["lost"]!]),
    ...(paper.phone ? [make("p", "", [fill(words["ask"]!, { phone: paper.phone })])] : []),
  ]);
  const window = make("address", "window", [
    ...letter.places.flatMap((place) => [make("div", "", [`${paper.estate} ${place}`])]),
    make("div", "", [fill(words["to"]!, { owner: letter.owner })]),
    make("div", "quiet", [`No. ${letter.entitlement}`]),
  ]);
  return make("article", "letter", [window, inside]);
}

/** Return the address in a letter, as `vote/credential/link.py` writes it. */
export function linkOf(origin: string, { election, number, credential }: Letter): string {
  return `${origin}/elections/${election}/vote#${number === undefined ? "" : `${number}.`}${credential}`;
}

/** Return the list on which owners of a batch sign for their letters. */
export function listOf(paper: Paper, name: string, letters: readonly Letter[]): HTMLElement {
  const { words } = paper;
  const columns = ["list-number", "list-place", "list-owner", "list-signed"];
  const head = make("tr", "", columns.map((column) => make("th", "", [words[column]!])));
  const rows = letters.map((letter) =>
    make("tr", "", [String(letter.entitlement), letter.places.join("、"), letter.owner, ""].map((text) => make("td", "", [text]))),
  );
  return make("section", "sheet", [
    make("h1", "", [`${words["list"]!} ${name}`]),
    make("p", "", [`${paper.estate} ${paper.title}`]),
    make("table", "", [make("thead", "", [head]), make("tbody", "", rows)]),
  ]);
}

/** Return the account that goes with the letters. */
export function accountOf(paper: Paper, account: Account, counts: readonly (readonly [string, number])[]): HTMLElement {
  const { words } = paper;
  return make("section", "sheet", [
    make("h1", "", [words["account"]!]),
    make("p", "", [`${paper.estate} ${paper.title}`]),
    make("p", "", [words["account-lead"]!]),
    make("p", "", [counts.map(([name, count]) => `${name} ${count}`).join("　")]),
    make("ul", "", account.voided.map((each) => make("li", "", [`No. ${each.entitlement} ${each.why}`]))),
    make("p", "fill-in", [words["sign"]!]),
  ]);
}

function qrOf(text: string): SVGElement {
  const code = qrcode(0, "M");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const svg = document.createElementNS(SVG, "svg");
  const size = count + 2 * QUIET;
  svg.setAttribute("class", "paper-qr");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  const dark = document.createElementNS(SVG, "path");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}

function make(name: string, kind: string, content: readonly (Node | string)[]): HTMLElement {
  const element = document.createElement(name);
  if (kind) element.className = kind;
  element.append(...content);
  return element;
}
