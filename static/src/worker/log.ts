/** The worker that reads a public record, so that the page goes on answering. */

import { checkLog } from "../verifying/log-checking.ts";
import type { LogAnswer, LogRequest } from "../verifying/log-steps.ts";

const post = (answer: LogAnswer): void => self.postMessage(answer);

self.addEventListener("message", ({ data }: MessageEvent<LogRequest>) => {
  // What is no fault of the record is raised as an error of the worker, which the page hears.
  void checkLog(data, post).then(post, (error: unknown) => setTimeout(() => { throw error; }));
});
