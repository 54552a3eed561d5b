/**
 * Whether the credentials that were sealed are those of the letters: one for each, and none besides.
 *
 * Follows SPEC.md §14; mirrors `vote/credential/own_list.py`, but for the weights, which the command compares.
 */

import { readArchive } from "./archive.ts";
import { auditSetup } from "./audit.ts";
import { deriveSecret, publicCredential } from "./credential.ts";
import { type CredentialParts, decodeEntry, verifyEntry } from "./credential-part.ts";
import { readJson, requireFields, requireList, requireText } from "./encoding.ts";
import { about, VerificationError } from "./errors.ts";
import type { Letter } from "./sealed-letters.ts";

/**
 * Raise unless `letters` are those of the sealed credentials.
 *
 * @param archive of the election, with its set-up at least.
 * @param parts parts.json; null where keys have one part.
 * @param onChecked is told how many letters are checked.
 * @throws CryptoError: they are not; the sentence names the entitlement.
 */
export function verifyOwnLetters(
  archive: Uint8Array, parts: Uint8Array | null, letters: readonly Letter[], onChecked: (done: number) => void,
): void {
  const { election, weights } = auditSetup(readArchive(archive).setup);
  const entries = parts && readParts(parts, election.uuid);
  const found = new Set<string>();
  letters.forEach((letter, at) => {
    about(`entitlement ${letter.entitlement}`, () => {
      const own = publicCredential(deriveSecret(election.uuid, letter.credential));
      const entry = entries?.get(own);
      if (entry) verifyEntry(election.uuid, entry);
      const whole = entries ? entry?.credential : own;
      if (letter.election !== election.uuid || whole === undefined || !weights.has(whole) || found.has(whole)) {
        throw new VerificationError("another key was sealed than the one in its letter");
      }
      found.add(whole);
    });
    onChecked(at + 1);
  });
  if (weights.size !== letters.length) {
    throw new VerificationError(`${weights.size} credentials were sealed for ${letters.length} letters`);
  }
}

/** Return the entries of parts.json by the letter's public part. */
function readParts(data: Uint8Array, uuid: string): Map<string, CredentialParts> {
  const what = "parts.json";
  const fields = requireFields(readJson(data, what), ["version", "election", "parts"], what);
  if (requireText(fields["election"], what) !== uuid) throw new VerificationError(`${what}: they were made for another election`);
  const entries = requireList(fields["parts"], what).map((each, at) => decodeEntry(each, `${what}, entry ${at + 1}`));
  return new Map(entries.map((entry) => [entry.letter.public, entry]));
}
