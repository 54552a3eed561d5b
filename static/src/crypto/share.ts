/**
 * One trustee's part in opening a sealed sum, a trial of it before sealing, and the word that the key is destroyed.
 *
 * Follows SPEC.md §7.2, §7.3, §17.3; mirrors the making half of `crypto/share.py`, `crypto/trial.py` and
 * `vote/trustee/{handed_share,destruction}.py`. Whoever makes a share has added the sum up itself.
 */

import { commonKey, decodeTrustees } from "./ceremony-record.ts";
import type { Election } from "./election.ts";
import { encrypt } from "./elgamal.ts";
import { compactJson, hexDigest } from "./encoding.ts";
import { encodePoint, hashToScalar, multiply, multiplyBase } from "./group.ts";
import { proveKnowledge } from "./knowledge.ts";
import { encodeProof } from "./proof.ts";
import type { Randomness } from "./randomness.ts";
import { proveEquality } from "./share-equality.ts";
import type { EncryptedTally } from "./tally.ts";

const EXTRA_DOMAIN = "shanzhi share proof 1";
const TRIAL_DOMAIN = "shanzhi trial 1";
const DESTROYED_DOMAIN = "shanzhi destroyed 1";
const DECODER = new TextDecoder();

/** Return what a trustee hands over after voting: the share and the proof that cannot be evaded. */
export function makeHandedShare(
  election: Election, trustee: number, secret: bigint, tally: EncryptedTally, rng: Randomness,
): Uint8Array {
  const key = encodePoint(multiplyBase(secret));
  const factors = tally.map((row) => row.map((each) => multiply(each.alpha, secret)));
  const prefix = `decrypt|${election.fingerprint}|${key}|`;
  const payload = compactJson({
    decryption_factors: factors.map((row) => row.map(encodePoint)),
    decryption_proofs: tally.map((row) =>
      row.map((each) => encodeProof(proveEquality(prefix, secret, each.alpha, rng))),
    ),
  });
  const extra = compactJson({
    version: 1,
    election: election.fingerprint,
    owner: trustee,
    share: hexDigest(payload),
    proofs: tally.map((row, number) =>
      row.map((each, place) => {
        const statement = [each.alpha, each.beta, factors[number]![place]!].map(encodePoint).join(",");
        const bound = `${EXTRA_DOMAIN}|${election.fingerprint}|${trustee}|${key}|${statement}|`;
        return encodeProof(proveEquality(bound, secret, each.alpha, rng));
      }),
    ),
  });
  return compactJson({
    election: election.uuid,
    trustee,
    payload: DECODER.decode(payload),
    extra_proof: DECODER.decode(extra),
  });
}

/** Return the proof, before sealing, that trustee number `index` can open what is sealed under the common key. */
export function makeTrial(
  election: string, trustees: Uint8Array, index: number, secret: bigint, rng: Randomness,
): Uint8Array {
  const digest = hexDigest(trustees);
  const nonce = hashToScalar(`${TRIAL_DOMAIN}|nonce|${election}|${digest}|`, []);
  const test = encrypt(commonKey(decodeTrustees(trustees)), 1n, nonce);
  const factor = multiply(test.alpha, secret);
  const points = [test.alpha, test.beta, factor].map(encodePoint).join(",");
  const prefix = `${TRIAL_DOMAIN}|${election}|${digest}|${index}|${encodePoint(multiplyBase(secret))}|${points}|`;
  return compactJson({
    version: 1,
    election,
    trustees: digest,
    index,
    factor: encodePoint(factor),
    proof: encodeProof(proveEquality(prefix, secret, test.alpha, rng)),
  });
}

/** Return a trustee's word that the own key is destroyed; given before it is. */
export function makeDestroyed(
  election: string, fingerprint: string, trustee: number, secret: bigint, rng: Randomness,
): Uint8Array {
  const known = multiplyBase(secret);
  const prefix = `${DESTROYED_DOMAIN}|${election}|${fingerprint}|${trustee}|${encodePoint(known)}|`;
  const proof = encodeProof(proveKnowledge(prefix, secret, known, rng));
  return compactJson({ version: 1, election, fingerprint, trustee, proof });
}
