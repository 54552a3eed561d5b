/**
 * Reads what somebody types of a receipt: its number of 43 characters, or its four words.
 *
 * Words stand for the first 64 bits of a tracker; mirrors `vote/ballot/receipt_words.py`, whose lists the page hands over.
 */

/** The 256 first and the 256 second characters of words. */
export interface Lists {
  readonly first: string;
  readonly second: string;
}

const NUMBER = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/;
const BETWEEN = /[\s·・.,，、。\-—]+/g;
const WORDS = 4;

/** Return a number as it is, words as 16 hex digits, nothing for nothing, and null for anything else. */
export function readReceipt(typed: string, { first, second }: Lists): string | null {
  const text = typed.trim();
  const number = text.replace(/\s/g, "");
  if (text === "" || NUMBER.test(number)) return number;
  const letters = [...text.replace(BETWEEN, "")];
  if (letters.length !== 2 * WORDS) return null;
  const [firsts, seconds] = [[...first], [...second]];
  const bytes = letters.map((letter, index) => (index % 2 === 0 ? firsts : seconds).indexOf(letter));
  if (bytes.some((byte) => byte < 0)) return null;
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether a tracker is that of what `readReceipt` gave. */
export function isReceipt(tracker: string, receipt: string): boolean {
  if (receipt.length !== 2 * 2 * WORDS) return tracker === receipt;
  const bytes = atob(`${tracker}=`).slice(0, 2 * WORDS);
  return [...bytes].map((each) => each.charCodeAt(0).toString(16).padStart(2, "0")).join("") === receipt;
}
