/**
 * A log's signed word about its size and root; opened with the key of the log that is meant.
 *
 * Follows SPEC.md §19.2; mirrors what reads in `crypto/checkpoint.py`. Not here: signing, and the witnesses (`log-policy`).
 */

import { type Checkpoint, decodeCheckpoint } from "./checkpoint-text.ts";
import { VerificationError } from "./errors.ts";
import { decodeNote, signersOf, type VerifierKey } from "./note.ts";

export { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "./checkpoint-text.ts";

/**
 * Return what the log with the key `log` says in the note `data`.
 *
 * @throws MalformedError: it is no signed checkpoint.
 * @throws VerificationError: it is that of another log, or not signed by this one.
 */
export function openCheckpoint(data: Uint8Array, log: VerifierKey): Checkpoint {
  const note = decodeNote(data);
  const checkpoint = decodeCheckpoint(note.text);
  if (checkpoint.origin !== log.name) throw new VerificationError(`checkpoint: it is of another log than ${log.name}`);
  if (signersOf(note, [log]).length === 0) throw new VerificationError(`checkpoint: ${log.name} did not sign it`);
  return checkpoint;
}
