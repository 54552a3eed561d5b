/**
 * What stands behind # in a letter's address: its number and its part of the voting key, with a dot between them; where keys
 * have one part there is no number.
 *
 * Neither is checked here beyond its form: the server knows the number, the sealing worker the key.
 */

export interface Letter {
  /** As printed, XXXX-XXXX; empty where keys have one part. */
  readonly number: string;
  /** As printed. */
  readonly credential: string;
}

const WHOLE = /^[0-9A-Za-z]{5}-[0-9A-Za-z]{6}-[0-9A-Za-z]{5}-[0-9A-Za-z]{6}$/;

/** Return the letter behind an address, or null if none stands there. */
export function readFragment(fragment: string): Letter | null {
  const text = fragment.replace(/^#/, "");
  if (WHOLE.test(text)) return { number: "", credential: text };
  const [number, credential, ...more] = text.split(".");
  return number && credential && more.length === 0 ? { number, credential } : null;
}
