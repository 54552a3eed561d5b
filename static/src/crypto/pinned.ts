/**
 * What the fingerprint pins beyond the election itself: the manifest, and by it the public list of voters' keys.
 *
 * Follows SPEC.md §4; mirrors parts of `vote/verifier`.
 */

import type { Election } from "./election.ts";
import { hexDigest, readJson, requireList } from "./encoding.ts";
import { VerificationError } from "./errors.ts";
import { decodeScalar } from "./group.ts";
import type { Json } from "./json.ts";

const DESCRIPTION = /^善治 manifest sha256=([0-9a-f]{64}) /;

/**
 * Return the fields of the manifest.
 *
 * @throws CryptoError: it is not the one that `election` pins, or no JSON.
 */
export function readPinned(election: Election, manifest: Uint8Array): { readonly [name: string]: Json } {
  if (DESCRIPTION.exec(election.description)?.[1] !== hexDigest(manifest)) {
    throw new VerificationError("manifest.json: election.json does not pin these bytes");
  }
  return readJson(manifest, "manifest.json") as { readonly [name: string]: Json };
}

/**
 * Return the weight of `credential` on the list that was sealed.
 *
 * @param credentials public_creds.json; each entry is "key" or "key,weight".
 * @throws CryptoError: manifest or list are not the sealed ones, or the credential is not on the list.
 */
export function requireListed(election: Election, manifest: Uint8Array, credentials: Uint8Array, credential: string): bigint {
  const what = "public_creds.json";
  if (readPinned(election, manifest)["credentials_sha256"] !== hexDigest(credentials)) {
    throw new VerificationError(`${what}: the manifest does not pin these bytes`);
  }
  const listed = requireList(readJson(credentials, what), what);
  const entry = listed.find((each) => typeof each === "string" && each.split(",", 1)[0] === credential);
  if (typeof entry !== "string") throw new VerificationError("the key's credential is on no list");
  return decodeScalar(entry.split(",")[1] ?? "1", `${what}, weight`);
}
