/**
 * What an entry of a public record may say: for each kind its fields, and for each field the one way to spell it.
 *
 * The list is made from that of `vote/log/kinds.py` by `python -m scripts.log_kinds`. A sentence, a name or a phone number
 * has no spelling in it, so nobody can hide one in a record that this accepts.
 */

import { fromUtf8 } from "../crypto/encoding.ts";
import { about, MalformedError } from "../crypto/errors.ts";
import { parseJson, type JsonObject } from "../crypto/json.ts";
import list from "./log-kinds.json";

const SHAPES: readonly string[] = list.shapes;
const KINDS: Readonly<Record<string, Readonly<Record<string, number>>>> = list.kinds;
const PATTERNS = new Map(Object.entries(KINDS).map(([kind, fields]) => [kind, patternOf(kind, fields)]));

/**
 * Return the fields of an entry that is spelled as its kind asks.
 *
 * @param what names the entry in a refusal.
 * @throws MalformedError: it is of no known kind, or not spelled so.
 */
export function requireEntry(data: Uint8Array, what: string): JsonObject {
  const text = fromUtf8(data, what);
  const kind = /"kind":"([^"]*)"/.exec(text)?.[1] ?? "";
  const pattern = PATTERNS.get(kind);
  if (!pattern) throw new MalformedError(`${what}: its kind is none of those in docs/log-entries.md`);
  if (!pattern.test(text)) throw new MalformedError(`${what}: it is not spelled as ${kind} asks`);
  const entry = about(what, () => parseJson(text)) as JsonObject;
  for (const [name, shape] of Object.entries(KINDS[kind]!)) {
    // A pattern cannot say that names come in their order, and none twice.
    const names = shape === list.ordered ? Object.keys(entry[name] as JsonObject) : [];
    if (names.some((each, at) => at > 0 && names[at - 1]! >= each)) {
      throw new MalformedError(`${what}: not in canonical spelling (RFC 8785)`);
    }
  }
  return entry;
}

function patternOf(kind: string, fields: Readonly<Record<string, number>>): RegExp {
  const spelled = new Map(Object.entries(fields).map(([name, shape]) => [name, SHAPES[shape]!]));
  spelled.set("kind", `"${kind}"`).set("version", String(list.version));
  const parts = [...spelled.keys()].sort().map((name) => `"${name}":${spelled.get(name)!}`);
  return new RegExp(`^\\{${parts.join(",")}\\}$`);
}
