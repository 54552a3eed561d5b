/** Asks the worker that holds keys and seals, so that the page stays quick while it computes. */

import type {
  AgreeRequest,
  CheckRequest,
  PromiseRequest,
  RefusalReason,
  SealRequest,
  SealingAnswer,
  WarmRequest,
  WordRequest,
} from "../worker/messages.ts";

type Asked = Omit<PromiseRequest, "id"> | Omit<WarmRequest, "id"> | Omit<CheckRequest, "id"> | Omit<AgreeRequest, "id"> | Omit<SealRequest, "id"> | Omit<WordRequest, "id">;

/** The worker said no. */
export class SealingRefusal extends Error {
  constructor(readonly reason: RefusalReason) {
    super(reason);
  }
}

export class Sealer {
  readonly #worker: Worker;
  #last = 0;
  readonly #waiting = new Map<number, (answer: SealingAnswer) => void>();

  constructor(address: string) {
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.onmessage = (event: MessageEvent<SealingAnswer>) => this.#waiting.get(event.data.id)?.(event.data);
    this.#worker.onerror = () => {
      for (const [id, answer] of this.#waiting) answer({ kind: "refused", id, reason: "fault" });
    };
  }

  /** Return the last answer to a request; `progress` gets the others. */
  ask(request: Asked, progress: (done: number, of: number) => void = () => undefined): Promise<SealingAnswer> {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, (answer) => {
        if (answer.kind === "progress") {
          progress(answer.done, answer.of);
          return;
        }
        this.#waiting.delete(id);
        if (answer.kind === "refused") reject(new SealingRefusal(answer.reason));
        else resolve(answer);
      });
      this.#worker.postMessage({ ...request, id });
    });
  }

  /** End the worker, and with it everything that it holds. */
  end(): void {
    this.#worker.terminate();
  }
}
