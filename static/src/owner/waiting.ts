/**
 * Ballots that nobody answered for: how long they count as unsure, and when they are sent again.
 *
 * Those whose owners gave the phone to the next person go first, in the order of casting.
 */

import { type Api, Refusal } from "./api.ts";
import type { Memory } from "./memory.ts";

/** What our server says of a ballot when it has looked at it and will not take it. */
const FINAL = new Set([
  "malformed", "too-large", "not-found", "not-signed-in", "not-allowed", "not-eligible", "wrong-state", "polls-closed",
  "polls-not-open", "ballot-invalid", "conflict", "not-supported",
]);

/** Whether a ballot may have arrived, or may still be taken, although no answer came. */
export function isUnsure(error: unknown): boolean {
  return !(error instanceof Refusal && FINAL.has(error.reason));
}

const SECONDS = [5, 10, 20, 40];

/** Return what lets something be tried again by itself as long as it waits: soon at first, then each minute. */
export function tryAgain(waits: () => boolean, act: () => Promise<void>): () => void {
  let timer = 0;
  const plan = (round: number): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!waits()) return;
      void act().finally(() => {
        if (waits()) plan(round + 1);
      });
    }, (SECONDS[round] ?? 60) * 1000);
  };
  return () => plan(0);
}

/** Return what sends them, one round at a time; it answers whether every ballot was answered. */
export function passedSender(
  memory: Memory,
  api: Pick<Api, "cast">,
  isPromised: (receipt: string, tracker: string) => Promise<boolean>,
): () => Promise<boolean> {
  let round: Promise<boolean> | null = null;

  async function sendEach(): Promise<boolean> {
    for (const each of memory.waiting.filter(({ passed }) => passed)) {
      try {
        const receipt = await api.cast(each.ballot);
        if (await isPromised(receipt, each.tracker)) memory.drop(each.tracker);
      } catch (error) {
        if (isUnsure(error)) return false;
        // Refused for good: the next visit shows it, and says why.
        memory.keep({ ...each, passed: false });
      }
    }
    return true;
  }

  return () => {
    round ??= sendEach().finally(() => {
      round = null;
    });
    return round;
  };
}
