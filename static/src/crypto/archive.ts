/**
 * Reads an archive and refuses every byte that a writer would not have put there.
 *
 * * Every document is hashed and compared with its name, every event with its predecessor, its number and its payload.
 * * Set-up, ballots, their end, encrypted sum, shares, result: in this order, and nothing after the result.
 *
 * Follows SPEC.md §8; mirrors `crypto/archive_reader.py`.
 */

import { compactJson, hexDigest, readJson, requireFields, requireText, requireWhole, sameBytes } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { labelOf, type Member, readMembers } from "./tar.ts";
import { decodeWeight, encodeWeight } from "./weight.ts";

export type Kind = "Setup" | "Ballot" | "EndBallots" | "EncryptedTally" | "PartialDecryption" | "Result";

/** What was fixed before the first ballot: the stored bytes of each document. */
export interface Setup {
  readonly election: Uint8Array;
  readonly trustees: Uint8Array;
  readonly credentials: Uint8Array;
}

/** The encrypted sum, and what the archive claims about it. */
export interface SizedTally {
  readonly tally: Uint8Array;
  readonly numTallied: number;
  readonly totalWeight: bigint;
}

/** One trustee's part of the decryption. */
export interface StoredShare {
  readonly owner: number;
  readonly payload: Uint8Array;
}

/** Everything an archive holds, in order. */
export interface Archive {
  readonly setup: Setup;
  readonly ballots: readonly Uint8Array[];
  /** Whether the ballots are complete. */
  readonly ended: boolean;
  readonly encryptedTally: SizedTally | null;
  readonly shares: readonly StoredShare[];
  readonly result: Uint8Array | null;
  /** Hash of the last event, in hex: it stands for everything before it. */
  readonly head: string;
}

const HEAD = "BELENIOS";
const NAME = /^([0-9a-f]{64})(\.data\.json|\.event\.json)$/;
const TIMESTAMP = /^(?:0|[1-9][0-9]{0,10})$/;
const SETUP_FIELDS = ["election", "trustees", "credentials", "credentials_certificate"];
const DOCUMENTS: Readonly<Record<Kind, readonly number[]>> = {
  Setup: [4, 5], Ballot: [1], EndBallots: [0], EncryptedTally: [2], PartialDecryption: [2], Result: [1],
};
const NEXT: Readonly<Record<Kind | "", readonly Kind[]>> = {
  "": ["Setup"],
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

/** Whether `data` begins as an archive does; says nothing about the rest. */
export function looksLikeArchive(data: Uint8Array): boolean {
  return String.fromCharCode(...data.subarray(0, HEAD.length + 1)) === `${HEAD}\0`;
}

/**
 * Read a whole archive, which may end after any event.
 *
 * @throws MalformedError: a byte is not where or what a writer puts; events stand in a wrong order.
 * @throws VerificationError: a hash, a predecessor or a number is not the one that is claimed.
 */
export function readArchive(data: Uint8Array): Archive {
  const members = readMembers(data);
  const timestamp = readHead(members.next().value ?? undefined);
  const draft = new Draft();
  let pending: Uint8Array[] = [];
  for (const member of members) {
    const label = labelOf(member);
    if (member.mtime !== timestamp) throw new MalformedError(`${label}: its time is not the archive's`);
    const name = NAME.exec(member.name);
    if (!name) throw new MalformedError(`${label}: an archive has no member of this name`);
    if (hexDigest(member.body) !== name[1]) {
      throw new VerificationError(`${label}: the content does not have the hash that is its name`);
    }
    if (name[2] === ".data.json") {
      pending.push(member.body);
    } else {
      draft.take(member.body, name[1]!, pending);
      pending = [];
    }
  }
  if (pending.length > 0) {
    throw new MalformedError(`event ${draft.height + 1}: the archive ends before it, and documents for it stand there`);
  }
  return draft.finish();
}

function readHead(head: Member | undefined): number {
  if (!head || head.name !== HEAD) {
    throw new MalformedError(`this is not an archive: the first member is not ${HEAD}`);
  }
  const label = labelOf(head);
  const fields = requireFields(readJson(head.body, label), ["version", "timestamp"], label);
  const timestamp = requireText(fields["timestamp"], `${label}: timestamp`);
  if (!TIMESTAMP.test(timestamp)) throw new MalformedError(`${label}: the timestamp is not a number of seconds`);
  if (!sameBytes(head.body, compactJson({ version: 1, timestamp }))) {
    throw new MalformedError(`${label}: not the head of an archive of version 1 in its one spelling`);
  }
  if (head.mtime !== Number(timestamp)) throw new MalformedError(`${label}: its time is not the archive's`);
  return head.mtime;
}

/** The archive as far as it has been read. */
class Draft {
  height = -1;
  private head: string | null = null;
  private kind: Kind | "" = "";
  private setup: Setup | null = null;
  private readonly ballots: Uint8Array[] = [];
  private encryptedTally: SizedTally | null = null;
  private readonly shares: StoredShare[] = [];
  private result: Uint8Array | null = null;

  take(event: Uint8Array, digest: string, documents: readonly Uint8Array[]): void {
    const kind = readKind(event, `event ${this.height + 1}`);
    const label = `event ${this.height + 1} (${kind})`;
    if (!NEXT[this.kind].includes(kind)) {
      throw new MalformedError(`${label}: it may not stand after ${this.kind || "the head"}`);
    }
    if (!DOCUMENTS[kind].includes(documents.length)) {
      throw new MalformedError(`${label}: ${DOCUMENTS[kind][0]} documents belong to it, there are ${documents.length}`);
    }
    this.requireLink(event, kind, documents, label);
    if (kind === "Setup") this.setup = readSetup(documents, label);
    else if (kind === "Ballot") this.ballots.push(documents[0]!);
    else if (kind === "EncryptedTally") this.encryptedTally = readSizedTally(documents, label);
    else if (kind === "PartialDecryption") this.shares.push(readShare(documents, label));
    else if (kind === "Result") this.result = documents[0]!;
    this.head = digest;
    this.height += 1;
    this.kind = kind;
  }

  finish(): Archive {
    if (this.setup === null || this.head === null) {
      throw new MalformedError("event 0 (Setup): the archive ends before it");
    }
    const { setup, ballots, encryptedTally, shares, result, head } = this;
    const ended = this.kind !== "Setup" && this.kind !== "Ballot";
    return { setup, ballots, ended, encryptedTally, shares, result, head };
  }

  private requireLink(event: Uint8Array, kind: Kind, documents: readonly Uint8Array[], label: string): void {
    const last = documents.at(-1);
    const payload = last && hexDigest(last);
    const parent = this.head ?? undefined;
    const height = this.height + 1;
    // Fields without a value are left out, so this is the event's one spelling.
    if (sameBytes(event, compactJson({ parent, height, type: kind, payload }))) return;
    const fields = requireFields(readJson(event, label), ["height", "type"], label, ["parent", "payload"]);
    if (fields["parent"] !== parent) throw new VerificationError(`${label}: it does not name the event before it`);
    if (fields["height"] !== height) throw new VerificationError(`${label}: its number is not ${height}`);
    if (fields["payload"] !== payload) {
      throw new VerificationError(`${label}: its payload is not the document before it`);
    }
    throw new MalformedError(`${label}: not in the one spelling of an event`);
  }
}

function readKind(event: Uint8Array, label: string): Kind {
  const fields = requireFields(readJson(event, label), ["height", "type"], label, ["parent", "payload"]);
  const kind = requireText(fields["type"], `${label}: type`);
  if (kind === "Shuffle" || kind === "EndShuffles") {
    throw new MalformedError(
      `${label} (${kind}): only elections whose ballots are added up are read, not shuffled ones`,
    );
  }
  if (!Object.hasOwn(DOCUMENTS, kind)) {
    throw new MalformedError(`${label}: events of type '${kind.slice(0, 40)}' are not known`);
  }
  return kind as Kind;
}

function readSetup(documents: readonly Uint8Array[], label: string): Setup {
  const [stored, data] = [documents.slice(0, -1), documents.at(-1)!];
  const names = SETUP_FIELDS.slice(0, stored.length);
  const hashes = Object.fromEntries(names.map((name, index) => [name, hexDigest(stored[index]!)]));
  if (!sameBytes(data, compactJson(hashes))) {
    const fields = requireFields(readJson(data, label), names, label);
    for (const name of names) {
      if (fields[name] !== hashes[name]) {
        throw new VerificationError(`${label}: the hash of ${name} is not that of its document`);
      }
    }
    throw new MalformedError(`${label}: the set-up data are not in their one spelling`);
  }
  return { election: stored[0]!, trustees: stored[1]!, credentials: stored[2]! };
}

function readSizedTally(documents: readonly Uint8Array[], label: string): SizedTally {
  const [tally, data] = [documents[0]!, documents[1]!];
  const names = ["num_tallied", "total_weight", "encrypted_tally"];
  const fields = requireFields(readJson(data, label), names, label);
  const numTallied = requireWhole(fields["num_tallied"], `${label}: num_tallied`);
  const totalWeight = decodeWeight(fields["total_weight"], `${label}: total_weight`);
  const hash = hexDigest(tally);
  if (fields["encrypted_tally"] !== hash) {
    throw new VerificationError(`${label}: the hash of the encrypted sum is not that of its document`);
  }
  const spelled = { num_tallied: numTallied, total_weight: encodeWeight(totalWeight), encrypted_tally: hash };
  if (!sameBytes(data, compactJson(spelled))) {
    throw new MalformedError(`${label}: the record of the encrypted sum is not in its one spelling`);
  }
  return { tally, numTallied, totalWeight };
}

function readShare(documents: readonly Uint8Array[], label: string): StoredShare {
  const [payload, data] = [documents[0]!, documents[1]!];
  const fields = requireFields(readJson(data, label), ["owner", "payload"], label);
  const owner = requireWhole(fields["owner"], `${label}: owner`, 1);
  if (fields["payload"] !== hexDigest(payload)) {
    throw new VerificationError(`${label}: the hash of the share is not that of its document`);
  }
  if (!sameBytes(data, compactJson({ owner, payload: hexDigest(payload) }))) {
    throw new MalformedError(`${label}: the owner's record is not in its one spelling`);
  }
  return { owner, payload };
}
