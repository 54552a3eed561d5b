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
  /** Who it was said to be when this key was opened before. */
  readonly last_acting: string | null;
  readonly last_channel: "phone" | "desk" | null;
  /** Whether a ballot that is made with this part may take the place of the last one, and another one its own. */
  readonly may_cast: boolean;
  readonly may_change: boolean;
}

/** That somebody looked at an owner's data or changed them. */
export interface Look {
  readonly at: string;
  readonly who: Words;
  readonly what: Words;
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The server understood and said no, or nobody answered (`offline`). */
export class Refusal extends Error {
  constructor(
    /** As the interface names it, or `offline`. */
    readonly reason: string,
    /** A sentence for the owner in Chinese, or in Chinese and English, where the server has one. */
    readonly detail = "",
  ) {
    super(reason);
  }

  /** Return the sentence in the page's language, or nothing. */
  sentence(language: string): string {
    const [zh, en] = this.detail.split(/(?<=。) /);
    return (language.startsWith("zh") ? zh : en) ?? "";
  }
}

const SECONDS = 20;
/** Published files of a large estate take a while on a poor line. */
const FILE_SECONDS = 60;
/** Sentences for owners are Chinese; those for programs are not shown. */
const CHINESE = /[一-鿿]/;

export class Api {
  /** `signedIn`: a tablet of the desk says who has signed in there; an owner's phone says it to nobody. */
  constructor(
    readonly election: string,
    readonly signedIn = false,
    /** What keys are opened for; a vote where nothing is said. */
    readonly purpose?: "petition",
  ) {}

  async sendCode(number: string): Promise<SentCode> {
    return read<SentCode>(await this.#post("codes", JSON.stringify({ letter_number: number, purpose: this.purpose })));
  }

  async openPart(number: string, code: string, acting: string | null): Promise<OpenedPart> {
    const body = JSON.stringify({ letter_number: number, code, acting, purpose: this.purpose });
    return read<OpenedPart>(await this.#post("part", body));
  }

  async agree(agreement: string): Promise<void> {
    await this.#post("agreements", agreement);
  }

  /** Say as the owner that a vote or a home is not right; the answer is the number under which it is settled. */
  async dispute(pass: string, kind: string, text: string): Promise<number> {
    const body = JSON.stringify({ owner_pass: pass, kind, text });
    return read<{ dispute: number }>(await this.#post("owner/disputes", body)).dispute;
  }

  /** Return who looked at the owner's data or changed them, the latest first. */
  async looks(pass: string): Promise<readonly Look[]> {
    return read<{ looks: Look[] }>(await this.#post("owner/looks", JSON.stringify({ owner_pass: pass }))).looks;
  }

  /**
   * Cast a sealed ballot and return the receipt. The same one again is answered as the first time, so it may be sent until it
   * is answered.
   */
  async cast(ballot: string): Promise<string> {
    return this.#post("ballots", ballot);
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
    return this.#ask(`/elections/${this.election}/${name}`, {}, FILE_SECONDS);
  }

  /** Send something about a petition of an estate. */
  async petition(path: string, body: string): Promise<void> {
    await this.#ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  }

  async #post(name: string, body: string): Promise<string> {
    const headers = { "Content-Type": "application/json" };
    return this.#ask(`/api/elections/${this.election}/${name}`, { method: "POST", headers, body });
  }

  /** Return an answer that came whole: a line also breaks, or falls silent, in the middle of one. */
  async #ask(address: string, how: RequestInit, seconds = SECONDS): Promise<string> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), seconds * 1000);
    let answer: Response;
    let body: string;
    try {
      const credentials = this.signedIn ? "same-origin" : "omit";
      answer = await fetch(address, { ...how, credentials, cache: "no-store", signal: stop.signal });
      body = await answer.text();
    } catch {
      throw new Refusal("offline");
    } finally {
      clearTimeout(timer);
    }
    if (answer.ok) return body;
    throw refusalOf(answer.status, body);
  }
}

/** Read what our interface answered; a network that asks people to sign in first answers with pages of its own. */
function read<Kind>(body: string): Kind {
  try {
    return JSON.parse(body) as Kind;
  } catch {
    throw new Refusal("offline");
  }
}

function refusalOf(status: number, body: string): Refusal {
  let problem: { reason?: string; detail?: string } = {};
  try {
    problem = (JSON.parse(body) as typeof problem | null) ?? {};
  } catch {
    // Whatever stands between us and the server has no such words.
  }
  const detail = problem.detail && CHINESE.test(problem.detail) ? problem.detail : "";
  // A fault of the server is none of this browser, whose own has that name.
  const reason = problem.reason === "fault" ? "unavailable" : problem.reason;
  return new Refusal(reason ?? (status >= 500 ? "unavailable" : "other"), detail);
}
