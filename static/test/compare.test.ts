import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { compare, DiffersError } from "../src/finishing/compare.ts";
import { utf8 } from "../src/office/bytes.ts";
import { canonical } from "../src/office/canonical.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const estate = { id: "e", name: "银河湾" };
const sealed = {
  uuid: "E", offices: {}, title: "大会", secrecy: "secret", demo: true, estate, roll_root: "11", electorate_root: "22",
  trustees: { names: ["甲", "乙", "丙"], threshold: 2 },
};
const manifest = utf8(canonical(sealed));
const archive = utf8("archive");
const found = {
  election: "E",
  electorate: { heads: 5, area_dm2: 64000 },
  cast: { heads: 4, area_dm2: 56000 },
  questions: [{ text: "甲？", outcome: "ADOPTED", choices: [{ text: "同意", heads: 3, area_dm2: 36000, outcome: "elected" }] }],
};

function papers(change: (certificate: any) => void = () => undefined) {
  const result = utf8(JSON.stringify(found));
  const certificate: any = {
    election: { uuid: "E", title: "大会", secrecy: "secret" },
    demo: true,
    estate: { ...estate },
    trustees: { names: ["甲", "乙", "丙"], threshold: 2, opened: [1, 3] },
    evidence: {
      manifest_sha256: sha256(manifest), result_sha256: sha256(result), archive_sha256: sha256(archive),
      roll_root: "11", electorate_root: "22",
    },
    electorate: { heads: 5, area_dm2: 64000 },
    cast: { heads: 4, area_dm2: 56000, heads_permyriad: 8000, area_permyriad: 8750 },
    questions: [
      { text: "甲？", outcome: "ADOPTED", choices: [{ text: "同意", fate: "elected", votes: { heads: 3, area_dm2: 36000 } }] },
    ],
  };
  change(certificate);
  return { draft: utf8(canonical(certificate)), manifest, result, archive };
}

test("a certificate that says what is published passes", async () => {
  assert.equal((await compare(papers(), "E")).certificate["cast"].heads, 4);
});

for (const [what, change] of Object.entries<(certificate: any) => void>({
  election: (each) => (each.election.uuid = "F"),
  "manifest.json": (each) => (each.evidence.manifest_sha256 = "00"),
  "result.json": (each) => (each.evidence.result_sha256 = "00"),
  archive: (each) => (each.evidence.archive_sha256 = "00"),
  title: (each) => (each.election.title = "另一次大会"),
  secrecy: (each) => (each.election.secrecy = "named"),
  demo: (each) => (each.demo = false),
  estate: (each) => (each.estate.name = "罗星馨苑"),
  trustees: (each) => each.trustees.names.reverse(),
  roll_root: (each) => (each.evidence.roll_root = "12"),
  electorate_root: (each) => (each.evidence.electorate_root = "23"),
  electorate: (each) => (each.electorate.area_dm2 += 1),
  cast: (each) => (each.cast.heads += 1),
  questions: (each) => each.questions.push(each.questions[0]),
  "question 1": (each) => (each.questions[0].outcome = "REJECTED"),
  "question 1, choice 1": (each) => (each.questions[0].choices[0].votes.heads += 1),
})) {
  test(`a certificate that differs is told: ${what}`, async () => {
    await assert.rejects(compare(papers(change), "E"), (error) => error instanceof DiffersError && error.what === what);
  });
}

test("a fate that differs is told", async () => {
  await assert.rejects(compare(papers((each) => (each.questions[0].choices[0].fate = "tie")), "E"), DiffersError);
});

test("another spelling is told", async () => {
  const given = papers();
  await assert.rejects(compare({ ...given, draft: utf8(`${new TextDecoder().decode(given.draft)} `) }, "E"), DiffersError);
});
