// Lets the built worker of key-holders make a list, outside of a browser: `node run-list.mjs BUNDLE`, with the request as
// JSON on standard input, its bytes in Base64. The last answer comes out, its bytes in Base64 again.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const BYTES = ["archive", "manifest", "shareProofs", "board", "seed"];
const answers = [];
let listener;
globalThis.self = {
  addEventListener: (_, heard) => (listener = heard),
  postMessage: (answer) => answers.push(answer),
};
await import(pathToFileURL(process.argv[2]));
const data = JSON.parse(readFileSync(0, "utf8"));
for (const name of BYTES) data[name] = new Uint8Array(Buffer.from(data[name], "base64"));
listener({ data: { kind: "list", id: 1, ...data } });
const last = answers.at(-1);
process.stdout.write(JSON.stringify(last.list ? { ...last, list: Buffer.from(last.list).toString("base64") } : last));
