// Runs a built worker as it is served, outside of a browser: `node run-worker.mjs BUNDLE`, with a JSON list of requests
// on standard input; the answers, each with its milliseconds, come out as one.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const answers = [];
let listener;
globalThis.self = {
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (answer) => answers.push(answer),
};
await import(pathToFileURL(process.argv[2]));
const requests = JSON.parse(readFileSync(0, "utf8"));
for (const data of requests) {
  const [began, known] = [performance.now(), answers.length];
  listener({ data });
  for (const answer of answers.slice(known)) answer.milliseconds = performance.now() - began;
}
process.stdout.write(JSON.stringify(answers));
