/** Ballots whose owners gave the phone to the next person before an answer came: sent in the order of casting. */

import { type Api, Refusal } from "./api.ts";
import type { Memory } from "./memory.ts";

/** Whether a ballot may have arrived although no answer came. */
export function isUnsure(error: unknown): boolean {
  return error instanceof Refusal && ["offline", "unavailable", "fault"].includes(error.reason);
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
