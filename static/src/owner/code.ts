/** The step that waits for a code: sent by message when asked for, again after a while, and typed. */

import type { Api } from "./api.ts";
import { countDown, find } from "./page.ts";

type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/** What the step needs of its page. */
export interface CodeStep {
  readonly api: Api;
  readonly say: Say;
  /** The number of the letter that is open, if one is. */
  readonly letterNumber: () => string | null;
  readonly busy: (button: HTMLButtonElement, act: () => Promise<void>) => Promise<void>;
  readonly minutes: number;
  readonly resendSeconds: number;
}

/** Let the button send a code. */
export function offerCode({ api, say, letterNumber, busy, minutes, resendSeconds }: CodeStep): void {
  const send = find<HTMLButtonElement>("send");
  send.addEventListener("click", () => {
    void busy(send, async () => {
      const number = letterNumber();
      if (number === null) return;
      const sent = await api.sendCode(number);
      const words = say("say-sent", { tail: sent.tail, minutes });
      find("sent").textContent = sent.sent ? words : `${words}${say("say-waiting")}`;
      find<HTMLInputElement>("code").focus();
      send.textContent = say("say-resend");
      countDown(send, resendSeconds, (seconds) => say("say-again", { seconds }));
    });
  });
}

/** Return the code that was typed; null if it is none. */
export function typedCode(): string | null {
  const code = find<HTMLInputElement>("code").value.trim();
  return /^\d{6}$/.test(code.normalize("NFKC")) ? code : null;
}
