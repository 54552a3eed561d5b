/**
 * The files beside an archive, as far as they are held against it here: manifest, result, extra proofs, lists of ballots.
 *
 * Mirrors parts of `vote/verifier`. Not here: the roll, changes, the law, offices' signatures.
 */

import type { AuditedSetup } from "../crypto/audit.ts";
import type { Archive } from "../crypto/archive.ts";
import {
  compactJson, hexDigest, readJson, requireFields, requireFingerprint, requireList, requireText, requireWhole, sameBytes, toUtf8,
} from "../crypto/encoding.ts";
import { MalformedError, VerificationError } from "../crypto/errors.ts";
import type { Json, JsonObject } from "../crypto/json.ts";
import type { Totals } from "../crypto/result.ts";
import type { Files } from "./steps.ts";

/** Heads and floor area in dm² (0.01 m²). */
export interface Measures {
  readonly heads: bigint;
  readonly areaDm2: bigint;
}

const DESCRIPTION = /^善治 manifest sha256=([0-9a-f]{64}) base=(10{1,15}) total=area_dm2\*base\+heads$/;

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
 * Raise unless the description line names just this manifest, and the manifest says what the archive says.
 *
 * @throws CryptoError: it does not.
 */
export function verifyManifest(manifest: Uint8Array, setup: AuditedSetup, archive: Archive): void {
  const what = "manifest.json";
  const { election } = setup;
  const named = DESCRIPTION.exec(election.description);
  if (named?.[1] !== hexDigest(manifest)) {
    throw new VerificationError(`${what}: election.json does not pin these bytes; this is not the sealed manifest`);
  }
  const fields = requireObject(readJson(manifest, what), what);
  const base = BigInt(named[2]!);
  if (fields["base"] !== Number(base)) throw new VerificationError(`${what}: its base is not the one that election.json names`);
  if (fields["uuid"] !== election.uuid) throw new VerificationError(`${what}: it is that of another election`);
  if (fields["title"] !== election.name) {
    throw new VerificationError(`${what}: its title is not the name of the election in the archive`);
  }
  requireList(fields["questions"], `${what}, questions`, election.questions.length).forEach((value, index) => {
    const name = `${what}, question ${index + 1}`;
    const said = requireObject(value, name);
    const { text, answers, minimum, maximum, blank } = election.questions[index]!;
    const choices = requireList(said["choices"], `${name}, choices`);
    const same = said["text"] === text && said["min"] === minimum && said["max"] === maximum && !blank;
    if (!same || choices.length !== answers.length || answers.some((each, place) => choices[place] !== each)) {
      throw new VerificationError(`${name}: it is not the question of the archive`);
    }
  });
  const trustees = requireObject(fields["trustees"], `${what}, trustees`);
  if (trustees["sha256"] !== hexDigest(archive.setup.trustees)) {
    throw new VerificationError(`${what}, trustees: sha256 is not the hash of the archive's trustees`);
  }
  if (fields["credentials_sha256"] !== hexDigest(archive.setup.credentials)) {
    throw new VerificationError(`${what}: credentials_sha256 is not the hash of the archive's list of credentials`);
  }
  const electorate = verifyWeights(setup.weights, base);
  const said = requireObject(fields["electorate"], `${what}, electorate`);
  for (const [name, found] of [["heads", electorate.heads], ["area_dm2", electorate.areaDm2]] as const) {
    if (said[name] !== Number(found)) {
      throw new VerificationError(`${what}, electorate ${name}: it says ${String(said[name])}, the credentials add up to ${found}`);
    }
  }
}

/**
 * Return the electorate that packed weights add up to.
 *
 * @throws VerificationError: a weight is not one head with an area, or there are too many heads for the base.
 */
export function verifyWeights(weights: ReadonlyMap<string, bigint>, base: bigint): Measures {
  let total = 0n;
  [...weights.values()].forEach((weight, index) => {
    const { heads, areaDm2 } = unpack(weight, base);
    if (heads !== 1n || areaDm2 < 1n) {
      throw new VerificationError(
        `credential ${index + 1} of the list: its weight ${weight} is not an area times ${base} and one head`,
      );
    }
    total += weight;
  });
  if (BigInt(weights.size) >= base) {
    throw new VerificationError(`the list has ${weights.size} credentials, too many for base ${base}: heads would overflow`);
  }
  return unpack(total, base);
}

/**
 * Raise if a file tells of a stage that the archive has not come to: what was cut off is not to be mistaken for what is to come.
 *
 * @throws VerificationError: one does.
 */
export function verifyStage(files: Pick<Files, "setAside" | "result">, archive: Archive): void {
  if (files.setAside && !archive.ended) {
    throw new VerificationError("set-aside.json is about checked ballots, but the archive has none yet");
  }
  if (files.result && !archive.result) {
    throw new VerificationError("result.json is about a result, but the archive has none yet");
  }
}

/**
 * Raise unless figures and words of `result.json` are those that were opened, for the questions that were sealed.
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
    const { text, answers } = setup.election.questions[index]!;
    const question = requireObject(value, name);
    requireWords(question["text"], text, name);
    const choices = requireList(question["choices"], name, row.length);
    choices.forEach((choice, column) => {
      const place = `${name}, choice ${column + 1}`;
      const found = unpack(row[column]!, base);
      if (found.heads > cast.heads || found.areaDm2 > cast.areaDm2) {
        throw new VerificationError(`${place}: more than was cast`);
      }
      if ((found.heads === 0n) !== (found.areaDm2 === 0n)) {
        throw new VerificationError(`${place}: heads ${found.heads} and area_dm2 ${found.areaDm2} do not belong together`);
      }
      requireWords(requireObject(choice, place)["text"], answers[column], place);
      requireMeasures(choice, found, place);
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
  const trackers = decodeList(data, uuid, "box.json", "trackers").map((each, index) =>
    requireFingerprint(each, `box.json, ballot ${index + 1}`),
  );
  requireSpelling(data, { election: uuid, trackers, version: 1 }, "box.json");
  requireOnce(trackers, "box.json");
  return trackers;
}

/** Return the trackers that `set-aside.json` lists. */
export function decodeSetAside(data: Uint8Array, uuid: string): readonly string[] {
  const entries = decodeList(data, uuid, "set-aside.json", "set_aside").map((each, index) => {
    const what = `set-aside.json, ballot ${index + 1}`;
    const fields = requireFields(each, ["tracker", "kind"], what);
    return { kind: requireText(fields["kind"], `${what}, kind`), tracker: requireFingerprint(fields["tracker"], `${what}, tracker`) };
  });
  requireSpelling(data, { election: uuid, set_aside: entries, version: 1 }, "set-aside.json");
  const trackers = entries.map(({ tracker }) => tracker);
  requireOnce(trackers, "set-aside.json");
  return trackers;
}

/**
 * Raise unless the archive holds the box's ballots in the same order, without those that were set aside.
 *
 * @param trackers of the archive's ballots.
 * @param ended whether they are complete.
 * @throws VerificationError: one is missing, was added or moved.
 */
export function verifyBox(
  box: readonly string[], setAside: readonly string[], trackers: readonly string[], ended: boolean,
): void {
  const places = new Map(box.map((each, index) => [each, index + 1]));
  const out = new Set(setAside);
  setAside.forEach((each, index) => {
    if (!places.has(each)) throw new VerificationError(`set-aside.json, ballot ${index + 1}: it is not in box.json`);
  });
  trackers.forEach((each, index) => {
    const where = `event ${index + 1} (Ballot)`;
    if (!places.has(each)) throw new VerificationError(`${where}: it is not in box.json, the list that was fixed at closing`);
    if (out.has(each)) throw new VerificationError(`${where}: by set-aside.json it was taken out before counting`);
  });
  const standing = new Set(trackers);
  const missing = ended ? box.filter((each) => !out.has(each) && !standing.has(each)) : [];
  if (missing.length > 0) {
    const more = missing.length > 1 ? `; and ${missing.length - 1} more` : "";
    const number = places.get(missing[0]!)!;
    throw new VerificationError(`box.json, ballot ${number}: it is neither in the archive nor in set-aside.json${more}`);
  }
  box.filter((each) => standing.has(each)).forEach((each, index) => {
    if (trackers[index] !== each) {
      throw new VerificationError(`event ${index + 1} (Ballot): box.json has another ballot at this place`);
    }
  });
}

function decodeList(data: Uint8Array, uuid: string, what: string, name: string): readonly Json[] {
  const fields = requireFields(readJson(data, what), ["version", "election", name], what);
  if (requireWhole(fields["version"], `${what}, version`) !== 1) {
    throw new MalformedError(`${what}: version 1 is expected`);
  }
  if (fields["election"] !== uuid) throw new VerificationError(`${what}: it is of another election`);
  return requireList(fields[name], `${what}, ${name}`);
}

/** Names of fields stand in their order and are ASCII, so this is RFC 8785. */
function requireSpelling(data: Uint8Array, value: unknown, what: string): void {
  if (!sameBytes(compactJson(value), data)) throw new MalformedError(`${what}: not in canonical spelling (RFC 8785)`);
}

function requireOnce(trackers: readonly string[], what: string): void {
  const first = new Map<string, number>();
  trackers.forEach((each, index) => {
    const other = first.get(each);
    if (other !== undefined) {
      throw new MalformedError(`${what}, ballot ${index + 1}: it stands there as ballot ${other} already`);
    }
    first.set(each, index + 1);
  });
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

function requireWords(said: Json | undefined, sealed: string | undefined, what: string): void {
  if (said !== sealed) throw new VerificationError(`${what}, text: it says ${String(said).slice(0, 60)}, but ${sealed} was sealed`);
}
