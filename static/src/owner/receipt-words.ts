/** A receipt in words, as `vote/ballot/receipt_words.py` writes it: two characters for every two bytes of a tracker. */

const WORDS = 4;

/** Return the words of a tracker; `first` and `second` are the two lists of 256 characters. */
export function receiptWords(tracker: string, first: string, second: string): string {
  const digest = atob(tracker.slice(0, 12));
  const words = [];
  for (let n = 0; n < 2 * WORDS; n += 2) {
    words.push(`${first[digest.charCodeAt(n)]}${second[digest.charCodeAt(n + 1)]}`);
  }
  return words.join("·");
}
