import type { Refused, SealingRequest } from "./messages.ts";

self.addEventListener("message", (event: MessageEvent<SealingRequest>) => {
  self.postMessage({ kind: "refused", id: event.data.id, reason: "fault" } satisfies Refused);
});
