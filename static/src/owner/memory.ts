/**
 * What a phone remembers while somebody votes, so that leaving for the message with the code loses nothing.
 *
 * * The letter and the answers so far last as long as the tab, and are forgotten at the end.
 * * Sealed ballots that were not acknowledged outlast the tab, in the order of casting: they are no secret, and must never
 *   be sealed a second time.
 * * On a tablet of the desk nothing is kept at all.
 * * Where a browser keeps nothing, everything still works as long as the page stays.
 */

import type { Letter } from "./letter.ts";

export interface Draft {
  readonly letter: Letter | null;
  readonly acting: string | null;
  /** For each question the choices that are marked, by their numbers from 0; null where nothing was answered. */
  readonly answers: readonly (readonly number[] | null)[];
}

export interface Pending {
  readonly ballot: string;
  readonly tracker: string;
  /** Whoever cast it gave the phone to the next person; it is sent without being shown. */
  readonly passed?: boolean;
}

function read(storage: () => Storage, key: string): unknown {
  try {
    return JSON.parse(storage().getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // The page itself still remembers.
  }
}

const ofTab = (): Storage => window.sessionStorage;
const ofPhone = (): Storage => window.localStorage;

/** The memory of one election. */
export class Memory {
  readonly #draft: string;
  readonly #pending: string;

  constructor(
    election: string,
    readonly keeps = true,
  ) {
    this.#draft = `shanzhi.draft.${election}`;
    this.#pending = `shanzhi.sealed.${election}`;
  }

  get draft(): Draft | null {
    return this.keeps ? (read(ofTab, this.#draft) as Draft | null) : null;
  }

  set draft(draft: Draft | null) {
    if (this.keeps) write(ofTab, this.#draft, draft);
  }

  /** The sealed ballots that wait, the oldest first. */
  get waiting(): readonly Pending[] {
    const kept = this.keeps ? read(ofPhone, this.#pending) : null;
    return Array.isArray(kept) ? (kept as Pending[]) : kept ? [kept as Pending] : [];
  }

  /** Keep a ballot at its place, or behind the others; return whether this phone really keeps it. */
  keep(pending: Pending): boolean {
    const waiting = [...this.waiting];
    const place = waiting.findIndex(({ tracker }) => tracker === pending.tracker);
    waiting.splice(place < 0 ? waiting.length : place, 1, pending);
    if (this.keeps) write(ofPhone, this.#pending, waiting);
    return this.holds(pending.tracker);
  }

  holds(tracker: string): boolean {
    return this.waiting.some((each) => each.tracker === tracker);
  }

  drop(tracker: string): void {
    const left = this.waiting.filter((each) => each.tracker !== tracker);
    if (this.keeps) write(ofPhone, this.#pending, left.length ? left : null);
  }
}
