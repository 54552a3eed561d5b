/**
 * What stands behind # in a letter's address: its number and its part of the voting key, with a dot between them.
 *
 * Neither is checked here beyond its form: the server knows the number, the sealing worker the key.
 */

export interface Letter {
  /** As printed, XXXX-XXXX. */
  readonly number: string;
  /** As printed. */
  readonly credential: string;
}

/** Return the letter behind an address, or null if none stands there. */
export function readFragment(fragment: string): Letter | null {
  const [number, credential, ...more] = fragment.replace(/^#/, "").split(".");
  return number && credential && more.length === 0 ? { number, credential } : null;
}
