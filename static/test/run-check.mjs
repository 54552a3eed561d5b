// Runs the built checking worker as it is served, outside of a browser: `node run-check.mjs BUNDLE`, with a JSON list of
// archives in Base64 on standard input. For each comes out the step that failed and its sentence, or null for both.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

let answers = [];
let listener;
globalThis.self = {
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (answer) => answers.push(answer),
};
await import(pathToFileURL(process.argv[2]));

function check(archive) {
  answers = [];
  const beside = { manifest: null, shareProofs: null, result: null, box: null, setAside: null };
  listener({ data: { kind: "open", files: { archive, ...beside, receipt: "" } } });
  const opened = answers.at(-1);
  if (!opened.good) {
    const { step, detail } = answers.find((each) => each.status === "wrong");
    return { step, sentence: detail };
  }
  listener({ data: { kind: "prepare", election: opened.election, credentials: opened.credentials } });
  const ballots = opened.places.map(([offset, length]) => archive.slice(offset, offset + length));
  listener({ data: { kind: "ballots", first: 1, ballots } });
  const { fault } = answers.at(-1);
  return { step: fault === null ? null : "ballots", sentence: fault };
}

const archives = JSON.parse(readFileSync(0, "utf8")).map((each) => new Uint8Array(Buffer.from(each, "base64")));
process.stdout.write(JSON.stringify(archives.map(check)));
