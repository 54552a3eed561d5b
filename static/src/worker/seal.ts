/** The sealing worker: keys, choices and nonces live here, away from the page's thread. */

import { browserRandomness } from "../crypto/randomness.ts";
import type { SealingAnswer, SealingRequest } from "./messages.ts";
import { Sealer } from "./sealing.ts";

const post = (answer: SealingAnswer): void => self.postMessage(answer);
const sealer = new Sealer(browserRandomness, post);

self.addEventListener("message", (event: MessageEvent<SealingRequest>) => {
  post(sealer.answer(event.data));
});
