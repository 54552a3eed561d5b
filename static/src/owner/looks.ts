/** Shows an owner who looked at the owner's data or changed them. */

import type { Api } from "./api.ts";
import { find, sayMoment, type Steps } from "./page.ts";

/**
 * Prepare the button and the list behind it.
 *
 * @param on does what the form of a step asks for.
 * @param pass with which the owner asks, once letter and code were given.
 */
export function prepareLooks(
  on: (step: string, act: () => Promise<void>) => void,
  { api, steps, busy, pass, language }: {
    api: Api;
    steps: Steps;
    busy: (form: HTMLElement, act: () => Promise<void>) => Promise<void>;
    pass: () => string | undefined;
    language: string;
  },
): void {
  const chinese = language.startsWith("zh");
  const button = find("to-looks");
  button.addEventListener("click", () => {
    void busy(button, async () => {
      const given = pass();
      if (!given) return;
      const looks = await api.looks(given);
      const line = find<HTMLTemplateElement>("look");
      const lines = looks.map(({ at, who, what }) => {
        const made = line.content.cloneNode(true) as DocumentFragment;
        const when = made.querySelector("time");
        if (when) {
          when.dateTime = at;
          when.textContent = sayMoment(at, language);
        }
        const [by, did] = [made.querySelector("[data-who]"), made.querySelector("[data-what]")];
        if (by) by.textContent = chinese ? who.zh : who.en;
        if (did) did.textContent = chinese ? what.zh : what.en;
        return made;
      });
      find("looks").replaceChildren(...lines);
      find("looks").hidden = looks.length === 0;
      find("no-looks").hidden = looks.length > 0;
      steps.go("looks");
    });
  });
  on("looks", async () => steps.go("home"));
}
