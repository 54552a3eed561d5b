/** The log of `tests/vectors/tlog`, and how its cases change it. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reader } from "../../src/crypto/tile-tree.ts";

const ROOT = join(process.env["REPOSITORY"] ?? "..", "tests/vectors/tlog");

export interface Case {
  readonly name: string;
  readonly ok: number;
  readonly cmd: string;
  readonly overlay: string;
  readonly args: readonly string[];
  readonly delete: readonly string[];
  readonly witnesses: readonly number[];
  readonly quorum: number;
}

/** Return a file of the vectors. */
export function tlog(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, path)));
}

/** Return a JSON file of the vectors. */
export function tlogJson<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(tlog(path))) as T;
}

/** Return a reader of the log as a case has it. */
export function readerOf({ overlay, delete: gone }: Pick<Case, "overlay" | "delete">): Reader {
  return async (path) => {
    if (gone.includes(path)) return null;
    const place = [`cases/${overlay}/${path}`, `log/${path}`].find((each) => existsSync(join(ROOT, each)));
    return place === undefined ? null : tlog(place);
  };
}

/** The policy that a case asks for. */
export function policyOf({ witnesses, quorum }: Pick<Case, "witnesses" | "quorum">): Uint8Array {
  const keys = tlogJson<{ log: string; witnesses: string[] }>("keys.json");
  const lines = [`log ${keys.log}`, ...witnesses.map((each) => `witness w${each} ${keys.witnesses[each]}`)];
  const group = `group enough ${quorum} ${witnesses.map((each) => `w${each}`).join(" ")}`;
  lines.push(...(quorum === 0 ? ["quorum none"] : [group, "quorum enough"]));
  return new TextEncoder().encode(`${lines.join("\n")}\n`);
}
