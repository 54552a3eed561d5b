/** What can go wrong with bytes: they say nothing, or they say something untrue. */

/** Any refusal of this folder; its text is one plain sentence and holds nothing secret. */
export class CryptoError extends Error {
  override readonly name: string = "CryptoError";
}

/** The bytes encode nothing: wrong syntax, another spelling than the canonical one, a value out of range. */
export class MalformedError extends CryptoError {
  override readonly name = "MalformedError";
}

/** The bytes are well formed, and what they claim is not true. */
export class VerificationError extends CryptoError {
  override readonly name = "VerificationError";
}

/** Run `check`; what it refuses is said to be about `what`. */
export function about<T>(what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof VerificationError) throw new VerificationError(`${what}: ${error.message}`);
    if (error instanceof MalformedError) throw new MalformedError(`${what}: ${error.message}`);
    throw error;
  }
}
