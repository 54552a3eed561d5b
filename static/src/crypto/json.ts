/**
 * Strict JSON: no key twice in one object, no fractions, no half of a surrogate pair, bounded depth.
 *
 * Objects have no prototype, so a key `__proto__` is a key like any other. Whole numbers beyond 2^53 are refused, since
 * they could not be held exactly; no format has them. Follows SPEC.md §1.
 */

import { MalformedError } from "./errors.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** No format nests deeper; a bound keeps hostile input from exhausting the stack. */
export const MAX_DEPTH = 32;

const BLANKS = /[ \t\n\r]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:[.eE])?/y;
const WORD = /true|false|null/y;
const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Read a text, or raise `MalformedError` without naming the document. */
export function parseJson(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): Json {
    this.skip();
    const first = this.text[this.at];
    if (first === '"') return this.string();
    if (first === "{" || first === "[") {
      if (depth >= MAX_DEPTH) throw new MalformedError(`nested deeper than ${MAX_DEPTH} levels`);
      this.at++;
      return first === "{" ? this.object(depth + 1) : this.list(depth + 1);
    }
    const word = this.take(WORD);
    if (word !== undefined) return WORDS[word] as boolean | null;
    return this.number();
  }

  end(): void {
    this.skip();
    if (this.at !== this.text.length) throw none();
  }

  private object(depth: number): JsonObject {
    const found = Object.create(null) as Record<string, Json>;
    if (this.takes("}")) return found;
    for (;;) {
      this.skip();
      const name = this.string();
      if (name in found) throw new MalformedError("a key stands twice in one object");
      if (!this.takes(":")) throw none();
      found[name] = this.value(depth);
      if (this.takes("}")) return found;
      if (!this.takes(",")) throw none();
    }
  }

  private list(depth: number): Json[] {
    const found: Json[] = [];
    if (this.takes("]")) return found;
    for (;;) {
      found.push(this.value(depth));
      if (this.takes("]")) return found;
      if (!this.takes(",")) throw none();
    }
  }

  private string(): string {
    const written = this.take(STRING);
    if (written === undefined) throw none();
    if (!written.includes("\\")) return written.slice(1, -1);
    const text = JSON.parse(written) as string;
    if (HALF_PAIR.test(text)) throw none();
    return text;
  }

  private number(): number {
    const written = this.take(NUMBER);
    if (written === undefined) throw none();
    if (/[.eE]$/.test(written)) throw new MalformedError("numbers are whole here");
    const number = Number(written);
    if (!Number.isSafeInteger(number)) throw new MalformedError("a number is too great");
    return number === 0 ? 0 : number;
  }

  private takes(mark: string): boolean {
    this.skip();
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  private skip(): void {
    this.take(BLANKS);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

function none(): MalformedError {
  return new MalformedError("it is not JSON in UTF-8");
}
