/**
 * Compares a certificate with what is published, before anybody signs it.
 *
 * Digests first: of manifest, result and archive. Then what the manifest says of the election, and every figure and verdict,
 * taken from `result.json` again.
 * What the law asks for and how firmly an outcome stands, the command checks as well (`vote office certify`).
 */

import { hex, sha256, utf8 } from "../office/bytes.ts";
import { type Value, canonical } from "../office/canonical.ts";

type Fields = { readonly [name: string]: any };

export interface Published {
  readonly draft: Uint8Array;
  readonly manifest: Uint8Array;
  readonly result: Uint8Array;
  readonly archive: Uint8Array;
}

/** What was compared. */
export interface Compared {
  readonly certificate: Fields;
  readonly manifest: Fields;
}

/** Something differs; `what` names the first thing that does. */
export class DiffersError extends Error {
  constructor(readonly what: string) {
    super(what);
  }
}

export async function compare(papers: Published, uuid: string): Promise<Compared> {
  const [certificate, manifest, result] = [papers.draft, papers.manifest, papers.result].map(read) as [Fields, Fields, Fields];
  need(hex(utf8(canonical(certificate as Value))) === hex(papers.draft), "certificate");
  need(certificate["election"].uuid === uuid && manifest["uuid"] === uuid && result["election"] === uuid, "election");
  const { evidence } = certificate;
  need(evidence.manifest_sha256 === hex(await sha256(papers.manifest)), "manifest.json");
  need(evidence.result_sha256 === hex(await sha256(papers.result)), "result.json");
  need(evidence.archive_sha256 === hex(await sha256(papers.archive)), "archive");
  for (const name of ["title", "secrecy"]) need(certificate["election"][name] === manifest[name], name);
  for (const name of ["roll_root", "electorate_root"]) need(evidence[name] === manifest[name], name);
  need(certificate["demo"] === manifest["demo"], "demo");
  need(same(certificate["estate"], manifest["estate"]), "estate");
  const { names, threshold } = manifest["trustees"];
  need(same(certificate["trustees"].names, names) && certificate["trustees"].threshold === threshold, "trustees");
  for (const whole of ["electorate", "cast"]) sameMeasure(certificate[whole], result[whole], whole);
  const { questions } = result;
  need(certificate["questions"].length === questions.length, "questions");
  for (const [index, question] of certificate["questions"].entries()) {
    const found = questions[index];
    need(question.text === found.text && question.outcome === found.outcome, `question ${index + 1}`);
    need(question.choices.length === found.choices.length, `question ${index + 1}`);
    for (const [place, choice] of question.choices.entries()) {
      const counted = found.choices[place];
      const where = `question ${index + 1}, choice ${place + 1}`;
      need(choice.text === counted.text && (choice.fate ?? null) === (counted.outcome ?? null), where);
      sameMeasure(choice.votes, counted, where);
    }
  }
  return { certificate, manifest };
}

function same(said: Value, sealed: Value): boolean {
  return canonical(said) === canonical(sealed);
}

function sameMeasure(said: Fields, counted: Fields, what: string): void {
  need(said["heads"] === counted["heads"] && said["area_dm2"] === counted["area_dm2"], what);
}

function read(bytes: Uint8Array): Fields {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
}

function need(fits: boolean, what: string): void {
  if (!fits) throw new DiffersError(what);
}
