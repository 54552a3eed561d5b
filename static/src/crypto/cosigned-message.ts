/**
 * Says what exactly a cosigner signs, and how its signature carries the time.
 *
 * Times are whole seconds since 1970 in eight bytes, so they are held as BigInt. Follows SPEC.md §19.3, C2SP
 * tlog-cosignature v1.1.0-rc.1; mirrors `crypto/cosigned_message.py`.
 */

import { concatBytes } from "@noble/hashes/utils.js";
import { decodeCheckpoint } from "./checkpoint-text.ts";
import { toUtf8 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";

const TIME_BYTES = 8;
const MAX_TIME = 2n ** 63n - 1n;
const LABEL = "subtree/v1\n\0";
const MAX_NAME_BYTES = 255;

/** Return what an Ed25519 cosigner signs of a note with this text. */
export function ed25519Message(text: string, at: bigint): Uint8Array {
  return toUtf8(`cosignature/v1\ntime ${at}\n${text}`);
}

/**
 * Return what the ML-DSA-44 cosigner `name` signs of a note with this text.
 *
 * @throws MalformedError: the text is no checkpoint, or a name is longer than 255 bytes.
 */
export function mlDsaMessage(name: string, text: string, at: bigint): Uint8Array {
  const { origin, size, root } = decodeCheckpoint(text);
  return concatBytes(
    toUtf8(LABEL), counted(name), uint64(at), counted(origin), uint64(0n), uint64(BigInt(size)), root,
  );
}

/**
 * Return time and signature of a cosignature.
 *
 * @throws MalformedError: it is too short, or its time is none.
 */
export function splitCosignature(blob: Uint8Array): readonly [bigint, Uint8Array] {
  if (blob.length <= TIME_BYTES) {
    throw new MalformedError("cosignature: eight bytes of time and a signature are expected");
  }
  const at = new DataView(blob.buffer, blob.byteOffset).getBigUint64(0);
  if (at > MAX_TIME) throw new MalformedError(`cosignature: a time from 0 to ${MAX_TIME} seconds is expected`);
  return [at, blob.subarray(TIME_BYTES)];
}

function uint64(number: bigint): Uint8Array {
  const data = new Uint8Array(8);
  new DataView(data.buffer).setBigUint64(0, number);
  return data;
}

function counted(name: string): Uint8Array {
  const data = toUtf8(name);
  if (data.length > MAX_NAME_BYTES) throw new MalformedError(`cosignature: a name has at most ${MAX_NAME_BYTES} bytes`);
  return concatBytes(Uint8Array.of(data.length), data);
}
