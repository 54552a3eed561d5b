// Bundles what entries.json names, each into one file that loads no other.
//
//   node build.mjs pages OUT      the bundles of the pages, under names that hold their digest, and assets.json
//   node build.mjs tests OUT      the tests, to be run by `node --test OUT`
//
// Everything is written before assets.json, and what it no longer names is removed afterwards.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const common = { absWorkingDir: root, bundle: true, format: "esm", logLevel: "warning", charset: "utf8" };

async function buildPages(out) {
  const entries = JSON.parse(readFileSync(join(root, "entries.json"), "utf8"));
  mkdirSync(out, { recursive: true });
  const assets = {};
  for (const name of Object.keys(entries).sort()) {
    const built = await build({
      ...common,
      entryPoints: [entries[name]],
      write: false,
      minify: true,
      // BigInt is the newest thing that is needed; older browsers are told so by the page.
      target: ["es2020"],
      platform: "browser",
      legalComments: "eof",
    });
    const bytes = Buffer.from(built.outputFiles[0].contents);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const file = `${name.replaceAll("/", "-")}.${sha256.slice(0, 16)}.js`;
    const gzip = gzipSync(bytes, { level: 9 });
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    writeFileSync(join(out, file), bytes);
    writeFileSync(join(out, `${file}.gz`), gzip);
    writeFileSync(join(out, `${file}.br`), brotli);
    assets[`${name}.js`] = { file, sha256, bytes: bytes.length, gzip: gzip.length };
  }
  writeFileSync(join(out, "assets.json.new"), `${JSON.stringify(assets, null, 2)}\n`);
  renameSync(join(out, "assets.json.new"), join(out, "assets.json"));
  const kept = new Set(Object.values(assets).flatMap(({ file }) => [file, `${file}.gz`, `${file}.br`]));
  for (const file of readdirSync(out)) {
    if (file !== "assets.json" && file !== "sources.sha256" && !kept.has(file)) rmSync(join(out, file));
  }
}

async function buildTests(out) {
  const tests = readdirSync(join(root, "test"), { recursive: true }).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: tests.sort().map((name) => join("test", name)),
    outbase: "test",
    outdir: out,
    outExtension: { ".js": ".mjs" },
    entryNames: "[dir]/[name]",
    platform: "node",
    target: ["node20"],
    sourcemap: "inline",
  });
}

const [what, out] = process.argv.slice(2);
const make = { pages: buildPages, tests: buildTests }[what];
if (!make || !out) {
  console.error(`usage: node ${basename(import.meta.url)} pages|tests OUT`);
  process.exit(2);
}
await make(out);
