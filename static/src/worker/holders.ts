/** Makes letters, opens totals and single named ballots off the page's thread; keeps nothing of a request once it is answered. */

import { decodeBoard } from "../crypto/ceremony-board.ts";
import { assembleTrustees, findHolder, recoverSecret } from "../crypto/ceremony.ts";
import { hexDigest } from "../crypto/encoding.ts";
import { CryptoError } from "../crypto/errors.ts";
import { type Asked, checkedTotal, NotAllowedError, openedBallots } from "../crypto/opening.ts";
import { makeOpeningList } from "../crypto/opening-list.ts";
import { verifyOwnLetters } from "../crypto/own-list.ts";
import { browserRandomness } from "../crypto/randomness.ts";
import { issueLetter, type Letter, type PublicLine } from "../crypto/sealed-letters.ts";
import { sealOpeningList } from "../crypto/sealed-list.ts";
import { makeHandedShare } from "../crypto/share.ts";
import type { HoldersAnswer, HoldersRequest, IssueRequest, ListRequest, OpenRequest, OwnRequest } from "./holders-messages.ts";

class TwiceError extends Error {}

const EVERY = 20;

self.addEventListener("message", (event: MessageEvent<HoldersRequest>) => {
  self.postMessage(answer(event.data));
});

function answer(asked: HoldersRequest): HoldersAnswer {
  try {
    if (asked.kind === "issue") return issue(asked);
    if (asked.kind === "own") return compare(asked);
    return asked.kind === "open" ? open(asked) : list(asked);
  } catch (error) {
    const why = error instanceof NotAllowedError ? error.why : error instanceof TwiceError ? "twice" : "fault";
    return { kind: "refused", id: asked.id, why, sentence: error instanceof CryptoError ? error.message : "" };
  }
}

function issue({ id, request }: IssueRequest): HoldersAnswer {
  const letters: Letter[] = [];
  const lines: PublicLine[] = [];
  const taken = new Set<string>();
  for (const each of request.lines) {
    const made = issueLetter(request, each, taken, browserRandomness);
    letters.push(made.letter);
    lines.push(made.line);
    tell(id, letters.length, request.lines.length);
  }
  return { kind: "issued", id, letters, lines };
}

function compare({ id, archive, parts, letters }: OwnRequest): HoldersAnswer {
  verifyOwnLetters(archive, parts, letters, (done) => { tell(id, done, letters.length); });
  return { kind: "own", id };
}

function open(asked: OpenRequest): HoldersAnswer {
  const own = comparedWith(asked);
  const total = checkedTotal(own, (done, of) => { tell(asked.id, done, of); });
  if (asked.before !== null && asked.before !== total.digest) throw new TwiceError();
  const share = makeHandedShare(total.election, own.index, own.secret, total.tally, browserRandomness);
  const { digest, ballots, counted } = total;
  return { kind: "opened", id: asked.id, share, digest, ballots, counted, area: total.area.toString() };
}

function list(asked: ListRequest): HoldersAnswer {
  const own = comparedWith(asked);
  const { election, office, ballots } = openedBallots(own, asked.shareProofs, asked.known, (done, of) => {
    tell(asked.id, done, of);
  });
  const made = makeOpeningList(election, own.index, own.secret, ballots, browserRandomness, (done) => {
    tell(asked.id, done, ballots.length, true);
  });
  const sealed = sealOpeningList(election, own.index, office, made, browserRandomness);
  return { kind: "listed", id: asked.id, list: sealed, counted: ballots.length };
}

/** Find the own key, and with it what an archive is compared with. */
function comparedWith({ board: data, seed, election, archive, manifest, now }: OpenRequest | ListRequest): Asked {
  const board = decodeBoard(data);
  const holder = findHolder(seed, board);
  const trustees = hexDigest(assembleTrustees(board));
  const secret = recoverSecret(holder, board);
  return { election, archive, manifest, trustees, index: holder.place.index, secret, now: new Date(now) };
}

function tell(id: number, done: number, of: number, making = false): void {
  if (done % EVERY === 0 || done === of) self.postMessage({ kind: "progress", id, done, of, making } satisfies HoldersAnswer);
}
