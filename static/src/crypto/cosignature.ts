/** The time that a witness's word carries; mirrors what reads in `crypto/cosignature.py`. Not here: cosigning. */

import { splitCosignature } from "./cosigned-message.ts";
import type { NoteSignature } from "./note.ts";

/**
 * Return the time that a cosignature of type 4 or 6 claims, in whole seconds since 1970 (POSIX).
 *
 * @throws MalformedError: it has no time.
 */
export function cosignedAt(signature: NoteSignature): bigint {
  return splitCosignature(signature.blob)[0];
}
