/**
 * Randomness is a parameter: whoever calls decides where it comes from.
 *
 * In a browser it is `browserRandomness`. What was drawn is never kept (SPEC.md §9).
 */

/** Takes a number of bytes and returns that many unpredictable bytes. */
export type Randomness = (size: number) => Uint8Array;

/** Draw from the browser's generator. */
export const browserRandomness: Randomness = (size) => crypto.getRandomValues(new Uint8Array(size));
