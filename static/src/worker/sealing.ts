/**
 * What the sealing worker does with a request; `seal.ts` connects it with the page.
 *
 * * Nothing is signed before the election has the fingerprint that the page knows and the parts make the credential, and no
 *   ballot unless the election asks what the page shows.
 * * Only tables of the election's public key are kept between requests. Keys, choices and nonces are held while a request
 *   is answered and by nothing afterwards; JavaScript cannot wipe them, so a page ends the worker when it is done.
 */

import { encodeAgreement, encodeSignedAgreement, signAgreement } from "../crypto/agreement.ts";
import { sealBallot, tracker } from "../crypto/ballot.ts";
import { deriveSecret, publicCredential, readCredential } from "../crypto/credential.ts";
import { combineChecked, requireCredentialOf } from "../crypto/credential-part.ts";
import { decodeElection, type Election } from "../crypto/election.ts";
import { hexDigest, requireWhole, toUtf8 } from "../crypto/encoding.ts";
import { CryptoError } from "../crypto/errors.ts";
import { multiplyBase, tabulate } from "../crypto/group.ts";
import { petitionDigest, signWord } from "../crypto/petition.ts";
import { readPinned, requireListed } from "../crypto/pinned.ts";
import { verifyPromise } from "../crypto/promise.ts";
import { requireAllowed } from "../crypto/question.ts";
import type { Randomness } from "../crypto/randomness.ts";
import type {
  Checked, ElectionText, KeyParts, Progress, PublishedText, RefusalReason, SealingAnswer, SealingRequest, SealRequest,
  WordRequest,
} from "./messages.ts";

const DECODER = new TextDecoder();

/** Raised with the word that the page gets. */
class Refusal extends Error {
  constructor(readonly reason: RefusalReason) {
    super(reason);
  }
}

/** Answers requests, one after the other. */
export class Sealer {
  private known: Election | undefined;

  constructor(
    private readonly rng: Randomness,
    private readonly report: (progress: Progress) => void,
  ) {}

  /** Return the answer to a request; it never raises. */
  answer(request: SealingRequest): SealingAnswer {
    try {
      return this.perform(request);
    } catch (error) {
      return { kind: "refused", id: request.id, reason: error instanceof Refusal ? error.reason : "fault" };
    }
  }

  private perform(request: SealingRequest): SealingAnswer {
    const { id } = request;
    const election = this.electionOf(request.election);
    if (request.kind === "warm") return { kind: "ready", id };
    if (request.kind === "promise") {
      const { manifest, receipt } = request;
      refusing("promise", () => verifyPromise(election, toUtf8(manifest), toUtf8(receipt), request.tracker));
      return { kind: "ready", id };
    }
    const secret = secretOf(election, request.key);
    if (request.kind === "check") {
      return { kind: "checked", id, ...check(election, secret, request.published) };
    }
    if (request.kind === "word") return { kind: "worded", id, word: this.word(election, secret, request) };
    return request.kind === "agree"
      ? { kind: "agreed", id, agreement: this.agree(election, secret, request.text) }
      : { kind: "sealed", id, ...this.seal(election, secret, request) };
  }

  /** Return the election, read and with its tables made. */
  private electionOf({ json, fingerprint }: ElectionText): Election {
    const data = toUtf8(json);
    if (this.known === undefined || this.known.fingerprint !== fingerprint || DECODER.decode(this.known.data) !== json) {
      const read = refusing("election", () => decodeElection(data));
      if (read.fingerprint !== fingerprint) throw new Refusal("election");
      tabulate(read.publicKey);
      // The base's own table is made when it is first used.
      multiplyBase(1n);
      this.known = read;
    }
    return this.known;
  }

  private agree(election: Election, secret: bigint, text: string): string {
    const { uuid, fingerprint } = election;
    const agreement = { election: uuid, fingerprint, credential: publicCredential(secret), textSha256: hexDigest(toUtf8(text)) };
    const proof = signAgreement(secret, agreement, this.rng);
    return DECODER.decode(encodeSignedAgreement(encodeAgreement(agreement), proof));
  }

  private word(election: Election, secret: bigint, { asked, act }: WordRequest): string {
    const { uuid, fingerprint } = election;
    const word = {
      election: uuid, fingerprint, credential: publicCredential(secret), petition: asked.petition,
      textSha256: petitionDigest(asked), act,
    };
    return signWord(secret, word, this.rng);
  }

  private seal(
    election: Election,
    secret: bigint,
    { choices, shown, id }: SealRequest,
  ): { ballot: string; tracker: string } {
    const of = election.questions.length;
    if (!asks(election, shown)) throw new Refusal("election");
    if (choices.length !== of) throw new Refusal("choices");
    refusing("choices", () => {
      election.questions.forEach((question, index) => requireAllowed(question, choices[index]!, "choices"));
    });
    const data = sealBallot(election, secret, choices, this.rng, (done) => {
      this.report({ kind: "progress", id, done, of });
    });
    return { ballot: DECODER.decode(data), tracker: tracker(data) };
  }
}

/** Whether an election asks just what was shown. */
function asks({ questions }: Election, shown: SealRequest["shown"]): boolean {
  const asked = questions.map(({ text, answers }) => [text, answers]);
  return JSON.stringify(asked) === JSON.stringify(shown.map(({ text, answers }) => [text, answers]));
}

/** Return whose key it is, as it was sealed: part and credential come in one answer, so the answer alone proves nothing. */
function check(election: Election, secret: bigint, published: PublishedText): Pick<Checked, "credential" | "areaDm2"> {
  const [manifest, credentials] = [toUtf8(published.manifest), toUtf8(published.credentials)];
  const credential = publicCredential(secret);
  return refusing("key", () => {
    const weight = requireListed(election, manifest, credentials, credential);
    const base = requireWhole(readPinned(election, manifest)["base"], "manifest.json, base", 1);
    return { credential, areaDm2: Number(weight / BigInt(base)) };
  });
}

function secretOf(election: Election, { letter, platform, credential }: KeyParts): bigint {
  const part = deriveSecret(election.uuid, refusing("letter", () => readCredential(letter)));
  return refusing("key", () =>
    platform === null
      ? requireCredentialOf(part, credential ?? publicCredential(part))
      : combineChecked(part, platform.part, platform.public, credential ?? ""),
  );
}

function refusing<T>(reason: RefusalReason, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof CryptoError) throw new Refusal(reason);
    throw error;
  }
}
