/** Speaks with the programming interface of one election. */

export interface SentCode {
  readonly tail: string;
  readonly expires_at: string;
  readonly sent: boolean;
}

export interface OpenedPart {
  readonly part: string;
  readonly public: string;
  readonly credential: string;
  readonly places: readonly string[];
  readonly area_dm2: number;
  readonly agreed: boolean;
  /** With which the owner says something; good for an hour. */
  readonly owner_pass: string;
  /** How many ballots came for this owner before, and when the last one did. */
  readonly cast: number;
  readonly last_cast_at: string | null;
}

/** The server understood and said no, or nobody answered (`offline`). */
export class Refusal extends Error {
  constructor(
    /** As the interface names it, or `offline`. */
    readonly reason: string,
    /** A sentence for the owner in Chinese, where the server has one. */
    readonly detail = "",
  ) {
    super(reason);
  }
}

const SECONDS = 20;
/** Sentences for owners are Chinese; those for programs are not shown. */
const CHINESE = /[一-鿿]/;

export class Api {
  constructor(readonly election: string) {}

  async sendCode(number: string): Promise<SentCode> {
    return (await this.#post("codes", JSON.stringify({ letter_number: number }))).json() as Promise<SentCode>;
  }

  async openPart(number: string, code: string): Promise<OpenedPart> {
    const body = JSON.stringify({ letter_number: number, code });
    return (await this.#post("part", body)).json() as Promise<OpenedPart>;
  }

  async agree(agreement: string): Promise<void> {
    await this.#post("agreements", agreement);
  }

  /** Say as the owner that a vote or a home is not right; the answer is the number under which it is settled. */
  async dispute(pass: string, kind: string, text: string): Promise<number> {
    const body = JSON.stringify({ owner_pass: pass, kind, text });
    return ((await (await this.#post("owner/disputes", body)).json()) as { dispute: number }).dispute;
  }

  /**
   * Cast a sealed ballot and return the receipt. The same one again is answered as the first time, so it may be sent until it
   * is answered.
   */
  async cast(ballot: string): Promise<string> {
    return (await this.#post("ballots", ballot)).text();
  }

  /** Whether a ballot is in the box. */
  async has(tracker: string): Promise<boolean> {
    try {
      await this.#ask(`/api/elections/${this.election}/ballot?tracker=${encodeURIComponent(tracker)}`, {});
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.reason === "not-found") return false;
      throw error;
    }
  }

  /** A published file, as it was served. */
  async file(name: string): Promise<string> {
    return (await this.#ask(`/elections/${this.election}/${name}`, {})).text();
  }

  async #post(name: string, body: string): Promise<Response> {
    const headers = { "Content-Type": "application/json" };
    return this.#ask(`/api/elections/${this.election}/${name}`, { method: "POST", headers, body });
  }

  async #ask(address: string, how: RequestInit): Promise<Response> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), SECONDS * 1000);
    let answer: Response;
    try {
      answer = await fetch(address, { ...how, cache: "no-store", signal: stop.signal });
    } catch {
      throw new Refusal("offline");
    } finally {
      clearTimeout(timer);
    }
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { reason?: string; detail?: string };
    const detail = problem.detail && CHINESE.test(problem.detail) ? problem.detail : "";
    throw new Refusal(problem.reason ?? (answer.status >= 500 ? "unavailable" : "other"), detail);
  }
}
