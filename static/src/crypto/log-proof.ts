/**
 * A receipt: proves without a network that an entry is in a log that its witnesses looked at.
 *
 * Follows SPEC.md §19.5, C2SP tlog-proof (`@v1`) as of commit 5ba5ee8; mirrors what reads in `crypto/log_proof.py`.
 */

import { fromUtf8, requireBase64, requireDecimal } from "./encoding.ts";
import { MalformedError } from "./errors.ts";
import type { Checkpoint } from "./checkpoint-text.ts";
import { type LogPolicy, openByPolicy } from "./log-policy.ts";
import { HASH_BYTES, verifyInclusion } from "./merkle.ts";

export const MAGIC = "c2sp.org/tlog-proof@v1";
export const MAX_HASHES = 63;

/** A receipt, which nobody has verified yet. */
export interface LogProof {
  /** What the issuer adds; no signature covers it. */
  readonly extra: Uint8Array | null;
  /** The entry's place, counted from 0. */
  readonly index: number;
  /** From the sibling of the leaf up. */
  readonly hashes: readonly Uint8Array[];
  /** A signed note, as it was published. */
  readonly checkpoint: Uint8Array;
}

const EXTRA = "extra ";
const INDEX = "index ";
const ASCII = /^[\x00-\x7f]*$/;

/**
 * Read a receipt; neither its hashes nor its signatures are verified.
 *
 * @throws MalformedError: it is none, or another spelling of one.
 */
export function decodeLogProof(data: Uint8Array): LogProof {
  const parting = data.findIndex((byte, at) => byte === 0x0a && data[at + 1] === 0x0a);
  const head = parting < 0 ? null : fromUtf8(data.subarray(0, parting), "receipt");
  if (head === null || !ASCII.test(head)) {
    throw new MalformedError("receipt: lines in ASCII, an empty line and a checkpoint are expected");
  }
  const lines = head.split("\n");
  if (lines.shift() !== MAGIC) throw new MalformedError(`receipt: it begins with ${MAGIC}`);
  const extra = lines[0]?.startsWith(EXTRA) ? requireBase64(lines.shift()!.slice(EXTRA.length), "receipt, extra") : null;
  if (extra?.length === 0) throw new MalformedError("receipt: extra data that is empty is left out");
  if (!lines[0]?.startsWith(INDEX)) throw new MalformedError("receipt: the index is expected");
  const index = requireDecimal(lines.shift()!.slice(INDEX.length), "receipt, index");
  const hashes = lines.map((line) => requireBase64(line, "receipt, hash"));
  if (hashes.length > MAX_HASHES || hashes.some((each) => each.length !== HASH_BYTES)) {
    throw new MalformedError(`receipt: at most ${MAX_HASHES} hashes of ${HASH_BYTES} bytes are expected`);
  }
  return { extra, index, hashes, checkpoint: data.subarray(parting + 2) };
}

/**
 * Return the checkpoint of the receipt `data`, if it shows that `entry` is in a log of `policy`, as the policy asks.
 *
 * @throws MalformedError: it is no receipt, or has no checkpoint.
 * @throws VerificationError: the entry is not there, or the checkpoint is not signed as the policy asks.
 */
export function verifyLogProof(data: Uint8Array, entry: Uint8Array, policy: LogPolicy): Checkpoint {
  const { index, hashes, checkpoint: note } = decodeLogProof(data);
  const checkpoint = openByPolicy(policy, note);
  verifyInclusion(entry, index, checkpoint.size, hashes, checkpoint.root);
  return checkpoint;
}
