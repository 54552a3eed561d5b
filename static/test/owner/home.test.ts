import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenedPart } from "../../src/owner/api.ts";
import { sayBefore } from "../../src/owner/home.ts";
import { readFragment } from "../../src/owner/letter.ts";

const OPENED: OpenedPart = {
  part: "1", public: "p", credential: "c", places: ["3幢2单元501室"], area_dm2: 8937, agreed: true, owner_pass: "w", cast: 1,
  last_cast_at: "2026-12-15T03:05:00+00:00", last_acting: null, last_channel: "phone", may_cast: true, may_change: true,
};
const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  [key, ...Object.values(values)].join(" ");

const cases: [string, Partial<OpenedPart>, string, string][] = [
  ["a vote by phone may be changed", {}, "say-before-phone 2026年12月15日 11:05", "say-change-here"],
  ["a vote of the desk is changed there", { last_channel: "desk", may_cast: false }, "say-before-desk 2026年12月15日 11:05", "say-change-desk"],
  ["at the desk it may be changed", { last_channel: "desk" }, "say-before-desk 2026年12月15日 11:05", "say-change-here"],
  ["where the first channel stays, the phone is named", { may_cast: false }, "say-before-phone 2026年12月15日 11:05", "say-change-phone"],
  ["who it was said to be stands behind", { last_acting: "help" }, "say-before-phone 2026年12月15日 11:05say-acting-help", "say-change-here"],
  ["nothing came", { cast: 0, last_cast_at: null, last_channel: null }, "", ""],
];
for (const [name, changes, before, change] of cases) {
  test(name, () => assert.deepEqual(sayBefore({ ...OPENED, ...changes }, say, "zh-CN"), [before, change]));
}

test("where keys have one part the whole address is the voting code", () => {
  assert.deepEqual(readFragment("#guyDu-tFHGuC-TAL8y-VqJfpp"), { number: "", credential: "guyDu-tFHGuC-TAL8y-VqJfpp" });
  for (const other of ["#main", "#guyDu-tFHGuC-TAL8y", "#guyDu-tFHGuC-TAL8y-VqJfppp"]) assert.equal(readFragment(other), null);
});
