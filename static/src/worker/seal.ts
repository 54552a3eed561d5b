import type { Kind } from "./messages.ts";

self.addEventListener("message", (event: MessageEvent<{ kind: Kind }>) => {
  self.postMessage({ kind: event.data.kind });
});
