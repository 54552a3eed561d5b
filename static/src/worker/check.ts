/** The checking worker: one opens the archive, and all of them check ballots. */

import { type AuditedSetup, checkBallot } from "../crypto/audit.ts";
import { decodeElection } from "../crypto/election.ts";
import { CryptoError } from "../crypto/errors.ts";
import { tabulate } from "../crypto/group.ts";
import { open } from "../verifying/opening.ts";
import type { Answer, Request } from "../verifying/steps.ts";

const post = (answer: Answer): void => self.postMessage(answer);
let setup: AuditedSetup | null = null;

self.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.kind === "open") {
    post(open(data.files, post));
  } else if (data.kind === "prepare") {
    const election = decodeElection(data.election);
    tabulate(election.publicKey);
    setup = { election, trustees: [], weights: new Map(data.credentials.map((each) => [each, 0n])) };
  } else {
    post({ kind: "checked", count: data.ballots.length, fault: firstFault(data.ballots, data.first) });
  }
});

function firstFault(ballots: readonly Uint8Array[], first: number): string | null {
  for (const [index, ballot] of ballots.entries()) {
    try {
      checkBallot(setup!, ballot, first + index);
    } catch (error) {
      if (error instanceof CryptoError) return error.message;
      throw error;
    }
  }
  return null;
}
