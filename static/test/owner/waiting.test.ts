import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, Refusal } from "../../src/owner/api.ts";
import { isUnsure, tryAgain } from "../../src/owner/waiting.ts";

async function refusalOf(answer: () => Response): Promise<Refusal> {
  globalThis.fetch = async () => answer();
  return new Api("e").sendCode("n").then(
    () => assert.fail("it was taken"),
    (error: unknown) => error as Refusal,
  );
}

function broken(): Response {
  const body = new ReadableStream({
    start(line) {
      line.enqueue(new TextEncoder().encode('{"ta'));
      line.error(new TypeError("network error"));
    },
  });
  return new Response(body, { status: 200 });
}

test("a ballot that our server did not refuse may have arrived", () => {
  for (const reason of ["offline", "unavailable", "restored-copy", "contradiction", "too-many", "other"]) {
    assert.equal(isUnsure(new Refusal(reason)), true, reason);
  }
  assert.equal(isUnsure(new TypeError("network error")), true);
  for (const reason of ["polls-closed", "ballot-invalid", "not-eligible", "conflict"]) {
    assert.equal(isUnsure(new Refusal(reason)), false, reason);
  }
});

test("an answer that breaks off in the middle is none, and neither is another network's page", async () => {
  assert.equal((await refusalOf(broken)).reason, "offline");
  assert.equal((await refusalOf(() => new Response("<h1>Sign in to the Wi-Fi</h1>"))).reason, "offline");
  assert.equal((await refusalOf(() => new Response("<h1>Forbidden</h1>", { status: 403 }))).reason, "other");
  assert.equal((await refusalOf(() => new Response("<h1>Bad gateway</h1>", { status: 502 }))).reason, "unavailable");
  const fault = JSON.stringify({ reason: "fault", detail: "Something went wrong." });
  assert.equal((await refusalOf(() => new Response(fault, { status: 500 }))).reason, "unavailable");
});

test("what waits is tried again by itself, less and less often, until it waits no more", async () => {
  const planned: [() => void, number][] = [];
  const setTimeout = (act: () => void, after: number): number => planned.push([act, after]);
  Object.assign(globalThis, { window: { setTimeout, clearTimeout: () => undefined } });
  let tries = 0;
  const again = tryAgain(() => tries < 6, async () => void tries++);
  again();
  for (let round = 0; round < planned.length; round++) {
    planned[round]?.[0]();
    await new Promise(setImmediate);
  }
  assert.equal(tries, 6);
  assert.deepEqual(planned.map(([, after]) => after / 1000), [5, 10, 20, 40, 60, 60]);
});
