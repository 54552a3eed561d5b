/**
 * Says what a log is at one moment, in three lines: its name, its size, its root.
 *
 * Lines end with LF and nothing else; extension lines of others are kept. Follows SPEC.md §19.2, C2SP tlog-checkpoint
 * v1.0.0; mirrors `crypto/checkpoint_text.py`. A size is at most 2^53 - 1 here.
 */

import { requireBase64, requireDecimal, sameBytes, toBase64 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import { EMPTY_ROOT, HASH_BYTES } from "./merkle.ts";

/** What a log says of itself. */
export interface Checkpoint {
  /** Names the log for ever. */
  readonly origin: string;
  /** How many entries the log has. */
  readonly size: number;
  /** The root of the tree of these entries, 32 bytes. */
  readonly root: Uint8Array;
  /** Lines that the log added; nobody but the log vouches for them. */
  readonly extensions: readonly string[];
}

/** Write a checkpoint as the text of a note. */
export function encodeCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), toBase64(root), ...extensions, ""].join("\n");
}

/**
 * Read the text of a note as a checkpoint.
 *
 * @throws MalformedError: it is none, or another spelling of one.
 */
export function decodeCheckpoint(text: string): Checkpoint {
  const lines = text.split("\n");
  if (lines.length < 4 || lines.pop() !== "") {
    throw new MalformedError("checkpoint: three lines are expected, each ended by a line feed");
  }
  const [origin, writtenSize, writtenRoot, ...extensions] = lines as [string, string, string, ...string[]];
  if (origin === "" || extensions.includes("")) {
    throw new MalformedError("checkpoint: origin and extension lines are one line each, and not empty");
  }
  const size = requireDecimal(writtenSize, "checkpoint, size");
  const root = requireBase64(writtenRoot, "checkpoint, root");
  if (root.length !== HASH_BYTES) throw new MalformedError(`checkpoint: the root has ${HASH_BYTES} bytes`);
  if (size === 0 && !sameBytes(root, EMPTY_ROOT)) {
    throw new MalformedError("checkpoint: a log without entries has the root of the empty tree");
  }
  return { origin, size, root, extensions };
}
