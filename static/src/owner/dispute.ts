/** Lets an owner say that the homes are not right, or that the vote that came before was not theirs. */

import type { Api } from "./api.ts";
import { find, type Say, type Steps } from "./page.ts";

/**
 * Prepare both buttons and the form behind them.
 *
 * @param on does what the form of a step asks for.
 * @param pass with which the owner says it, once letter and code were given.
 */
export function prepareDispute(
  on: (step: string, act: () => Promise<void>) => void,
  { api, steps, say, pass }: { api: Api; steps: Steps; say: Say; pass: () => string | undefined },
): void {
  let kind = "roll";
  for (const [id, about] of [["wrong-home", "roll"], ["not-mine", "impersonation"]] as const) {
    find(id).addEventListener("click", () => {
      kind = about;
      find("dispute-about").textContent = say(`say-about-${about}`);
      steps.go("dispute");
    });
  }
  on("dispute", async () => {
    const given = pass();
    if (!given) return;
    const words = find<HTMLTextAreaElement>("said").value.trim();
    const number = await api.dispute(given, kind, words || find("dispute-about").textContent || kind);
    find<HTMLTextAreaElement>("said").value = "";
    find("disputed-number").textContent = say("say-disputed", { number });
    steps.go("disputed");
  });
  on("disputed", async () => steps.go("question-0"));
}
