// Runs the built checking worker as it is served, outside of a browser: `node run-check.mjs BUNDLE`, with a JSON list on
// standard input of archives in Base64, or of such files by the names that the worker has for them. For each comes out the
// step that failed and its sentence, or null for both, and which steps were left out.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

let answers = [];
let listener;
globalThis.self = {
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (answer) => answers.push(answer),
};
await import(pathToFileURL(process.argv[2]));

function check(files) {
  answers = [];
  const { archive } = files;
  listener({ data: { kind: "open", files: { ...files, receipt: "" } } });
  const opened = answers.at(-1);
  const left = answers.filter((each) => each.status === "left-out" && each.step !== "own").map((each) => each.step);
  if (!opened.good) {
    const { step, detail } = answers.find((each) => each.status === "wrong");
    return { step, sentence: detail, left };
  }
  listener({ data: { kind: "prepare", election: opened.election, credentials: opened.credentials } });
  const ballots = opened.places.map(([offset, length]) => archive.slice(offset, offset + length));
  listener({ data: { kind: "ballots", first: 1, ballots } });
  const { fault } = answers.at(-1);
  return { step: fault === null ? null : "ballots", sentence: fault, left };
}

const NONE = { manifest: null, shareProofs: null, result: null, box: null, setAside: null };
function filesOf(given) {
  const found = typeof given === "string" ? { archive: given } : given;
  const read = Object.entries(found).map(([name, text]) => [name, new Uint8Array(Buffer.from(text, "base64"))]);
  return { ...NONE, ...Object.fromEntries(read) };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map((each) => check(filesOf(each)))));
