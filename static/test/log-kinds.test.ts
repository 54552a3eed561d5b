import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { MalformedError } from "../src/crypto/errors.ts";
import { requireEntry } from "../src/verifying/log-kinds.ts";

/** Entries in Base64, with what Python says of them: `tests/front/test_scripts_units.py` writes them. */
interface Entries {
  readonly good: readonly (readonly [kind: string, entry: string])[];
  readonly bad: readonly string[];
}
const ENTRIES = JSON.parse(readFileSync(process.env["LOG_ENTRIES"]!, "utf8")) as Entries;
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

test("an entry of each kind is taken for one", () => {
  assert.ok(ENTRIES.good.length > 40);
  for (const [kind, entry] of ENTRIES.good) assert.equal(requireEntry(bytesOf(entry), "entry 0")["kind"], kind);
});

test("what Python refuses is refused, and named by its place", () => {
  assert.ok(ENTRIES.bad.length > 10 * ENTRIES.good.length);
  for (const entry of ENTRIES.bad) {
    assert.throws(() => requireEntry(bytesOf(entry), "entry 3"), (error) => error instanceof MalformedError && /^entry 3: /.test(error.message),
      Buffer.from(entry, "base64").toString());
  }
});
