/**
 * The platform's signed promise that a ballot came in, for which its own key stands in the sealed manifest.
 *
 * Follows SPEC.md §12; mirrors parts of `vote/verifier/receipt.py`. Not here: whether the promise is kept.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import type { Election } from "./election.ts";
import { readJson, requireDigest, requireFields, requireText, toUtf8 } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { readPinned } from "./pinned.ts";

const DOMAIN = "promise/1";
const TAG = "shanzhi-signature-1\n";
const FIELDS = ["version", "origin", "election", "fingerprint", "tracker", "sequence", "received_at", "delay_seconds"];

/**
 * Raise unless `receipt` is the promise for the ballot `tracker`, signed with the key of the manifest that `election` pins.
 *
 * @throws CryptoError: it is not.
 */
export function verifyPromise(election: Election, manifest: Uint8Array, receipt: Uint8Array, tracker: string): void {
  const key = hexToBytes(requireDigest(readPinned(election, manifest)["promise_key"], "manifest.json, promise_key"));
  const fields = requireFields(readJson(receipt, "the receipt"), ["promise", "signature"], "the receipt");
  const promise = fromBase64(requireText(fields["promise"], "the receipt, promise"));
  const signature = fromBase64(requireText(fields["signature"], "the receipt, signature"));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(DOMAIN.length));
  const framed = Uint8Array.of(...toUtf8(TAG), ...length, ...toUtf8(DOMAIN), ...promise);
  if (signature.length !== 64 || !ed25519.verify(signature, framed, key)) {
    throw new VerificationError("the receipt: it is not signed by the platform");
  }
  const said = requireFields(readJson(promise, "the promise"), FIELDS, "the promise");
  if (said["election"] !== election.uuid || said["fingerprint"] !== election.fingerprint || said["tracker"] !== tracker) {
    throw new VerificationError("the receipt: it is for another ballot");
  }
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch {
    throw new MalformedError("the receipt: it is not Base64");
  }
}
