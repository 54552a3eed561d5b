/**
 * Reads an estate's public record from an address or a folder, and checks what anybody can check of it.
 *
 * * A checkpoint holds if a log of the policy signed it; whether its witnesses did is told apart.
 * * It must continue the last one that was seen: otherwise the record shrank, or was told differently to others.
 * * One entry costs a handful of tiles and a bundle, never the whole record.
 *
 * Not here: what is remembered and where (`log-memory.ts`), words (`log-page.ts`).
 */

import type { Checkpoint } from "../crypto/checkpoint.ts";
import { VerificationError } from "../crypto/errors.ts";
import { cosignersOf, isMet, type LogPolicy, openByLogs, openByPolicy } from "../crypto/log-policy.ts";
import { decodeLogProof, verifyLogProof } from "../crypto/log-proof.ts";
import { verifyConsistency, verifyInclusion } from "../crypto/merkle.ts";
import { decodeNote } from "../crypto/note.ts";
import { TILE_WIDTH } from "../crypto/tile.ts";
import { consistencyProof, inclusionProof, readBundle, type Reader, tileAt, verifiedBundles } from "../crypto/tile-tree.ts";
import type { LogPlace } from "./log-steps.ts";

/** What is asked for could not be fetched; this says nothing about the record. */
export class UnreachableError extends Error {}

/** The record has another past than it had. */
export class OtherPastError extends VerificationError {
  constructor(readonly detail: "shrunk" | "changed", sentence: string) {
    super(sentence);
  }
}

/** A record whose checkpoint is signed by a log of the policy. */
export interface OpenedLog {
  readonly read: Reader;
  readonly policy: LogPolicy;
  readonly note: Uint8Array;
  readonly checkpoint: Checkpoint;
  /** The witnesses that signed, and whether they are enough. */
  readonly witnesses: readonly string[];
  readonly witnessed: boolean;
}

/** Return a reader of the files at a place; what was read of tiles is kept while it lives. */
export function readerAt(place: LogPlace): Reader {
  const read = place.kind === "address" ? readAddress(place.address) : readFiles(new Map(place.files));
  const tiles = new Map<string, Uint8Array | null>();
  return async (path) => {
    // Bundles are read once each; all tiles of a record are small beside them.
    if (!path.startsWith("tile/") || path.startsWith("tile/entries/")) return read(path);
    if (!tiles.has(path)) tiles.set(path, await read(path));
    return tiles.get(path)!;
  };
}

/**
 * Open the record that stands there now.
 *
 * @throws VerificationError: there is no checkpoint, or no log of the policy signed it.
 * @throws UnreachableError: it could not be fetched.
 */
export async function openLog(read: Reader, policy: LogPolicy): Promise<OpenedLog> {
  const note = await read("checkpoint");
  if (!note) throw new VerificationError("checkpoint: it is missing");
  const opened = decodeNote(note);
  const checkpoint = openByLogs(policy, opened);
  const witnesses = cosignersOf(policy, opened);
  return { read, policy, note, checkpoint, witnesses, witnessed: isMet(policy, witnesses) };
}

/**
 * Raise unless the record continues a checkpoint that was seen before; return the size it had.
 *
 * @throws OtherPastError: it does not.
 * @throws CryptoError: `seen` is no checkpoint of a log of the policy, or a tile is missing.
 */
export async function requireContinues(log: OpenedLog, seen: Uint8Array): Promise<number> {
  const old = openByLogs(log.policy, decodeNote(seen));
  await requireGrown(log, old);
  return old.size;
}

/**
 * Read every entry, and hold it against the checkpoint.
 *
 * @throws CryptoError: something is missing or was altered; the message names the file.
 */
export async function* entriesOf(log: OpenedLog): AsyncGenerator<readonly Uint8Array[]> {
  yield* verifiedBundles(log.checkpoint.size, log.checkpoint.root, log.read);
}

/**
 * Return one entry, proved to be under the checkpoint.
 *
 * @throws CryptoError: there is none at this place, or it is another.
 */
export async function readEntry(log: OpenedLog, index: number): Promise<Uint8Array> {
  const { size, root } = log.checkpoint;
  const proof = await inclusionProof(index, size, log.read);
  const at = Math.floor(index / TILE_WIDTH);
  const { width } = tileAt(0, at, size);
  const entry = (await readBundle({ index: at, width }, log.read))[index % TILE_WIDTH]!;
  verifyInclusion(entry, index, size, proof, root);
  return entry;
}

/**
 * Return the entry that a receipt proves, fetched from the record that the receipt must be of.
 *
 * @throws OtherPastError: the record no longer is the one that the receipt was given for.
 * @throws CryptoError: the receipt is none, or proves another entry.
 */
export async function readProved(log: OpenedLog, receipt: Uint8Array): Promise<Uint8Array> {
  const { index, checkpoint: note } = decodeLogProof(receipt);
  const then = openByPolicy(log.policy, note);
  await requireGrown(log, then);
  const entry = await readEntry(log, index);
  verifyLogProof(receipt, entry, log.policy);
  return entry;
}

async function requireGrown({ checkpoint, read }: OpenedLog, old: Checkpoint): Promise<void> {
  if (old.origin !== checkpoint.origin) throw new VerificationError("checkpoint: it is of another log");
  if (old.size > checkpoint.size) {
    throw new OtherPastError("shrunk", `the record has ${checkpoint.size} entries, but had ${old.size}`);
  }
  const proof = await consistencyProof(old.size, checkpoint.size, read);
  try {
    verifyConsistency(old.size, old.root, checkpoint.size, checkpoint.root, proof);
  } catch (error) {
    if (error instanceof VerificationError) throw new OtherPastError("changed", error.message);
    throw error;
  }
}

function readAddress(address: string): Reader {
  const prefix = address.replace(/\/*$/, "/");
  return async (path) => {
    let answer: Response;
    try {
      answer = await fetch(`${prefix}${path}`, { cache: path.startsWith("tile/") ? "default" : "no-store", credentials: "omit" });
    } catch {
      throw new UnreachableError(path);
    }
    if (answer.status === 404 || answer.status === 410) return null;
    if (!answer.ok) throw new UnreachableError(path);
    return new Uint8Array(await answer.arrayBuffer());
  };
}

function readFiles(files: ReadonlyMap<string, Blob>): Reader {
  return async (path) => {
    const file = files.get(path);
    return file ? new Uint8Array(await file.arrayBuffer()) : null;
  };
}
