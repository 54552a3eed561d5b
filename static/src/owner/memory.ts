/**
 * What a phone remembers while somebody votes, so that leaving for the message with the code loses nothing.
 *
 * * The letter and the answers so far last as long as the tab, and are forgotten at the end.
 * * A sealed ballot that was not acknowledged outlasts the tab: it is no secret, and must never be sealed a second time.
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

  get pending(): Pending | null {
    return this.keeps ? (read(ofPhone, this.#pending) as Pending | null) : null;
  }

  set pending(pending: Pending | null) {
    if (this.keeps) write(ofPhone, this.#pending, pending);
  }
}
