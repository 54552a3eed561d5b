/** Makes letters and opens totals off the page's thread; keeps nothing of a request once it is answered. */

import { decodeBoard } from "../crypto/ceremony-board.ts";
import { assembleTrustees, findHolder, recoverSecret } from "../crypto/ceremony.ts";
import { hexDigest } from "../crypto/encoding.ts";
import { CryptoError } from "../crypto/errors.ts";
import { checkedTotal, NotAllowedError } from "../crypto/opening.ts";
import { browserRandomness } from "../crypto/randomness.ts";
import { issueLetter, type Letter, type PublicLine } from "../crypto/sealed-letters.ts";
import { makeHandedShare } from "../crypto/share.ts";
import type { HoldersAnswer, HoldersRequest, IssueRequest, OpenRequest } from "./holders-messages.ts";

class TwiceError extends Error {}

const EVERY = 20;

self.addEventListener("message", (event: MessageEvent<HoldersRequest>) => {
  self.postMessage(answer(event.data));
});

function answer(asked: HoldersRequest): HoldersAnswer {
  try {
    return asked.kind === "issue" ? issue(asked) : open(asked);
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

function open(asked: OpenRequest): HoldersAnswer {
  const board = decodeBoard(asked.board);
  const holder = findHolder(asked.seed, board);
  const secret = recoverSecret(holder, board);
  const { index } = holder.place;
  const { election, archive, manifest, now } = asked;
  const total = checkedTotal(
    { election, archive, manifest, trustees: hexDigest(assembleTrustees(board)), index, secret, now: new Date(now) },
    (done, of) => { tell(asked.id, done, of); },
  );
  if (asked.before !== null && asked.before !== total.digest) throw new TwiceError();
  const share = makeHandedShare(total.election, index, secret, total.tally, browserRandomness);
  return {
    kind: "opened", id: asked.id, share, digest: total.digest, counted: total.counted, area: total.area.toString(),
  };
}

function tell(id: number, done: number, of: number): void {
  if (done % EVERY === 0 || done === of) self.postMessage({ kind: "progress", id, done, of } satisfies HoldersAnswer);
}
