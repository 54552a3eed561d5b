/**
 * The files beside an archive, as far as they are held against it here: manifest, result, extra proofs, lists of ballots.
 *
 * Mirrors parts of `vote/verifier`. Not here: the roll, the law, offices' signatures.
 */

import type { AuditedSetup } from "../crypto/audit.ts";
import type { Archive } from "../crypto/archive.ts";
import {
  hexDigest, readJson, requireFields, requireFingerprint, requireList, requireText, requireWhole, toUtf8,
} from "../crypto/encoding.ts";
import { MalformedError, VerificationError } from "../crypto/errors.ts";
import type { Json, JsonObject } from "../crypto/json.ts";
import type { Totals } from "../crypto/result.ts";

/** Heads and floor area in dm² (0.01 m²). */
export interface Measures {
  readonly heads: bigint;
  readonly areaDm2: bigint;
}

const DESCRIPTION = /^善治 manifest sha256=([0-9a-f]{64}) base=(10{1,8}) total=area_dm2\*base\+heads$/;

/** Return the base of a description line of ours; null for another election. */
export function findBase(description: string): bigint | null {
  const found = DESCRIPTION.exec(description);
  return found ? BigInt(found[2]!) : null;
}

/** Split a total of weights. */
export function unpack(total: bigint, base: bigint): Measures {
  return { heads: total % base, areaDm2: total / base };
}

/**
 * Raise unless the description line names just this manifest, and the manifest the archive's own documents.
 *
 * @throws CryptoError: it does not.
 */
export function verifyManifest(manifest: Uint8Array, setup: AuditedSetup, archive: Archive): void {
  const named = DESCRIPTION.exec(setup.election.description);
  if (named?.[1] !== hexDigest(manifest)) {
    throw new VerificationError("manifest.json: election.json does not pin these bytes; this is not the sealed manifest");
  }
  const fields = requireObject(readJson(manifest, "manifest.json"), "manifest.json");
  const trustees = requireObject(fields["trustees"], "manifest.json, trustees");
  if (trustees["sha256"] !== hexDigest(archive.setup.trustees)) {
    throw new VerificationError("manifest.json: the trustees' keys in the archive are not those that were sealed");
  }
  if (fields["credentials_sha256"] !== hexDigest(archive.setup.credentials)) {
    throw new VerificationError("manifest.json: the list of credentials in the archive is not the one that was sealed");
  }
}

/**
 * Raise unless the numbers of `result.json` are those that were opened.
 *
 * @throws CryptoError: they are not; the sentence names question and choice.
 */
export function verifyPublished(
  data: Uint8Array, setup: AuditedSetup, totals: Totals, castWeight: bigint, base: bigint,
): Measures {
  const what = "result.json";
  const fields = requireObject(readJson(data, what), what);
  if (fields["election"] !== setup.election.uuid) throw new VerificationError(`${what}: it is of another election`);
  if (fields["base"] !== Number(base)) throw new VerificationError(`${what}: base is not ${base}`);
  const cast = unpack(castWeight, base);
  requireMeasures(fields["cast"], cast, `${what}, cast`);
  requireList(fields["questions"], `${what}, questions`, totals.length).forEach((value, index) => {
    const name = `${what}, question ${index + 1}`;
    const row = totals[index]!;
    const choices = requireList(requireObject(value, name)["choices"], name, row.length);
    choices.forEach((choice, column) => {
      const found = unpack(row[column]!, base);
      if (found.heads > cast.heads || found.areaDm2 > cast.areaDm2) {
        throw new VerificationError(`${name}, choice ${column + 1}: more than was cast`);
      }
      requireMeasures(choice, found, `${name}, choice ${column + 1}`);
    });
  });
  return cast;
}

/** Read `share-proofs.json`: each document by the number of its trustee. */
export function decodeShareProofs(data: Uint8Array, uuid: string, owners: ReadonlySet<number>): Map<number, Uint8Array> {
  const what = "share-proofs.json";
  const fields = requireFields(readJson(data, what), ["version", "election", "proofs"], what);
  if (requireWhole(fields["version"], `${what}, version`) !== 1) {
    throw new MalformedError(`${what}: version 1 is expected`);
  }
  if (requireText(fields["election"], `${what}, election`) !== uuid) {
    throw new VerificationError(`${what}: it is about another election`);
  }
  const proofs = new Map<number, Uint8Array>();
  requireList(fields["proofs"], `${what}, proofs`).forEach((value, index) => {
    const name = `${what}, proof ${index + 1}`;
    const entry = requireFields(value, ["trustee", "proof"], name);
    const trustee = requireWhole(entry["trustee"], `${name}, trustee`, 1);
    if (proofs.has(trustee)) throw new MalformedError(`${name}: trustee ${trustee} has a proof already`);
    if (!owners.has(trustee)) throw new VerificationError(`${name}: the archive has no share of trustee ${trustee}`);
    proofs.set(trustee, toUtf8(requireText(entry["proof"], `${name}, proof`)));
  });
  return proofs;
}

/** Return the trackers that `box.json` lists, in its order. */
export function decodeBox(data: Uint8Array, uuid: string): readonly string[] {
  return decodeList(data, uuid, "box.json", "trackers").map((each, index) =>
    requireFingerprint(each, `box.json, ballot ${index + 1}`),
  );
}

/** Return the trackers that `set-aside.json` lists. */
export function decodeSetAside(data: Uint8Array, uuid: string): readonly string[] {
  return decodeList(data, uuid, "set-aside.json", "set_aside").map((each, index) => {
    const what = `set-aside.json, ballot ${index + 1}`;
    return requireFingerprint(requireObject(each, what)["tracker"], what);
  });
}

/**
 * Raise unless the archive holds the box's ballots in the same order, without those that were set aside.
 *
 * @param trackers of the archive's ballots, complete.
 * @throws VerificationError: one is missing, was added or moved.
 */
export function verifyBox(box: readonly string[], setAside: readonly string[], trackers: readonly string[]): void {
  const out = new Set(setAside);
  setAside.forEach((each, index) => {
    if (!box.includes(each)) throw new VerificationError(`set-aside.json, ballot ${index + 1}: it is not in box.json`);
  });
  const expected = box.filter((each) => !out.has(each));
  expected.forEach((each, index) => {
    if (trackers[index] !== each) {
      throw new VerificationError(`event ${index + 1} (Ballot): box.json has another ballot in this place`);
    }
  });
  if (trackers.length > expected.length) {
    throw new VerificationError(`event ${expected.length + 1} (Ballot): it is not in box.json`);
  }
}

function decodeList(data: Uint8Array, uuid: string, what: string, name: string): readonly Json[] {
  const fields = requireFields(readJson(data, what), ["version", "election", name], what);
  if (requireWhole(fields["version"], `${what}, version`) !== 1) {
    throw new MalformedError(`${what}: version 1 is expected`);
  }
  if (fields["election"] !== uuid) throw new VerificationError(`${what}: it is of another election`);
  return requireList(fields[name], `${what}, ${name}`);
}

function requireObject(value: Json | undefined, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new MalformedError(`${what}: an object is expected`);
  }
  return value as JsonObject;
}

function requireMeasures(value: Json | undefined, found: Measures, what: string): void {
  const said = requireObject(value, what);
  for (const [name, number] of [["heads", found.heads], ["area_dm2", found.areaDm2]] as const) {
    if (said[name] !== Number(number)) {
      throw new VerificationError(`${what}: ${name} is said to be ${String(said[name])}, but the ballots make ${number}`);
    }
  }
}
