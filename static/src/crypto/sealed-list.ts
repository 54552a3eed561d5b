/**
 * Seals a trustee's opening list to the certifying office: HPKE (RFC 9180), base mode, one message a key.
 *
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, written out here because browsers do not have all three.
 * Follows SPEC.md §16.3; mirrors the sealing half of `crypto/sealed_list.py`.
 */

import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import type { Election } from "./election.ts";
import { compactJson, requireDigest, toBase64, toUtf8 } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import { FIELD } from "./group.ts";
import type { Json } from "./json.ts";
import type { Randomness } from "./randomness.ts";

const DOMAIN = "shanzhi opening list 1";
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const KEM = Uint8Array.of(...toUtf8("KEM"), 0, 0x20);
const SUITE = Uint8Array.of(...toUtf8("HPKE"), 0, 0x20, 0, 1, 0, 3);
const NOTHING = new Uint8Array();

/**
 * Read an office's public key.
 *
 * @throws MalformedError: not 64 lowercase hex digits, or not below p.
 * @throws VerificationError: a point of small order, with which nothing is secret.
 */
export function decodeOfficePublicKey(text: Json | undefined): Uint8Array {
  const what = "the office's public key";
  const office = hexToBytes(requireDigest(text, what));
  if (office.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n) >= FIELD) {
    throw new MalformedError(`${what}: it is not below p`);
  }
  agree(new Uint8Array(KEY_BYTES).fill(1), office);
  return office;
}

/** Seal the list of trustee number `owner` to an office; the ephemeral key is drawn from `rng`. */
export function sealOpeningList(
  election: Election, owner: number, office: Uint8Array, list: Uint8Array, rng: Randomness,
): Uint8Array {
  const { uuid, fingerprint } = election;
  const info = compactJson([DOMAIN, uuid, fingerprint, owner]);
  const sealed = toBase64(sealTo(office, info, list, rng(KEY_BYTES)));
  return compactJson({ election: uuid, fingerprint, owner, sealed, version: 1 });
}

/** Return enc ‖ ciphertext. */
function sealTo(office: Uint8Array, info: Uint8Array, message: Uint8Array, ephemeral: Uint8Array): Uint8Array {
  const enc = x25519.getPublicKey(ephemeral);
  const agreed = extractLabeled(KEM, NOTHING, "eae_prk", agree(ephemeral, office));
  const shared = expandLabeled(KEM, agreed, "shared_secret", concatBytes(enc, office), KEY_BYTES);
  const context = concatBytes(
    Uint8Array.of(0), extractLabeled(SUITE, NOTHING, "psk_id_hash", NOTHING), extractLabeled(SUITE, NOTHING, "info_hash", info),
  );
  const secret = extractLabeled(SUITE, shared, "secret", NOTHING);
  const key = expandLabeled(SUITE, secret, "key", context, KEY_BYTES);
  const nonce = expandLabeled(SUITE, secret, "base_nonce", context, NONCE_BYTES);
  return concatBytes(enc, chacha20poly1305(key, nonce).encrypt(message));
}

function agree(own: Uint8Array, office: Uint8Array): Uint8Array {
  try {
    return x25519.getSharedSecret(own, office);
  } catch {
    throw new VerificationError("the office's public key: with this one nothing would be secret");
  }
}

function extractLabeled(suite: Uint8Array, salt: Uint8Array, label: string, secret: Uint8Array): Uint8Array {
  return extract(sha256, concatBytes(toUtf8("HPKE-v1"), suite, toUtf8(label), secret), salt);
}

function expandLabeled(suite: Uint8Array, key: Uint8Array, label: string, info: Uint8Array, size: number): Uint8Array {
  return expand(sha256, key, concatBytes(Uint8Array.of(0, size), toUtf8("HPKE-v1"), suite, toUtf8(label), info), size);
}
