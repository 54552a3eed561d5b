import assert from "node:assert/strict";
import { test } from "node:test";
import { sentenceOf } from "../../src/sign_in/passkey.ts";

const LIMITED = JSON.stringify({
  reason: "too-many",
  detail: "试的次数太多了，请16:05以后再试。 Too many tries: try again after 16:05 in China.",
});

test("whoever tried too often is told when to try again, in the language of the page", () => {
  assert.equal(sentenceOf(LIMITED, "zh-CN"), "试的次数太多了，请16:05以后再试。");
  assert.equal(sentenceOf(LIMITED, "en"), "Too many tries: try again after 16:05 in China.");
});

test("a refusal for programs, and what is none, is told by the page's own sentence", () => {
  for (const body of ['{"detail": "The answer does not fit."}', '{"detail": 5}', "{}", "null", "<h1>Bad gateway</h1>"]) {
    assert.equal(sentenceOf(body, "zh-CN"), "", body);
  }
});
