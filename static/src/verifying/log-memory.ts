/**
 * Remembers the last checkpoint that was seen of each record: public data, no more than the note for each origin.
 *
 * Where a browser keeps nothing, every visit is the first.
 */

import { fromUtf8, toUtf8 } from "../crypto/encoding.ts";

const PREFIX = "record ";
const MAX_NOTE = 100_000;

/** Return what was seen, by origin. */
export function recall(): readonly (readonly [string, Uint8Array])[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
      .map((key) => [key.slice(PREFIX.length), toUtf8(localStorage.getItem(key) ?? "")]);
  } catch {
    return [];
  }
}

/** Remember a checkpoint in place of the last one of its origin, and of those of `replaced`. */
export function remember(origin: string, note: Uint8Array, replaced: readonly string[]): void {
  if (note.length > MAX_NOTE) return;
  try {
    for (const each of replaced) localStorage.removeItem(`${PREFIX}${each}`);
    localStorage.setItem(`${PREFIX}${origin}`, fromUtf8(note, "checkpoint"));
  } catch {
    // Nothing is kept here; the page then says that it is the first visit.
  }
}
