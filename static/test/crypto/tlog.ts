/** Logs with cases that change them: that of `tests/vectors/tlog`, and one of ours that Python writes in the same way. */

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

/** A log with its cases, laid out below a folder. */
export interface Layout {
  /** Return a file. */
  readonly file: (path: string) => Uint8Array;
  /** Return a JSON file. */
  readonly json: <T>(path: string) => T;
  /** Return a reader of the log as a case has it. */
  readonly readerOf: (given: Pick<Case, "overlay" | "delete">) => Reader;
  /** The policy that a case asks for. */
  readonly policyOf: (given: Pick<Case, "witnesses" | "quorum">) => Uint8Array;
}

/** Return the log below `root`. */
export function layout(root: string): Layout {
  const file = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));
  const json = <T>(path: string): T => JSON.parse(new TextDecoder().decode(file(path))) as T;
  return {
    file, json,
    readerOf: ({ overlay, delete: gone }) => async (path) => {
      if (gone.includes(path)) return null;
      const place = [`cases/${overlay}/${path}`, `log/${path}`].find((each) => existsSync(join(root, each)));
      return place === undefined ? null : file(place);
    },
    policyOf: ({ witnesses, quorum }) => {
      const keys = json<{ log: string; witnesses: string[] }>("keys.json");
      const lines = [`log ${keys.log}`, ...witnesses.map((each) => `witness w${each} ${keys.witnesses[each]}`)];
      const group = `group enough ${quorum} ${witnesses.map((each) => `w${each}`).join(" ")}`;
      lines.push(...(quorum === 0 ? ["quorum none"] : [group, "quorum enough"]));
      return new TextEncoder().encode(`${lines.join("\n")}\n`);
    },
  };
}

export const { file: tlog, json: tlogJson, readerOf, policyOf } = layout(ROOT);
