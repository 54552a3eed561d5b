/**
 * Whose signatures make a checkpoint worth believing: the logs that may speak, and the witnesses that must have looked.
 *
 * A name stands in one group at most, and a key in one line, so that nobody counts twice. Follows SPEC.md §19.6, C2SP
 * tlog-policy as of commit 5ba5ee8; mirrors what reads in `crypto/log_policy.py`.
 */

import { type Checkpoint, decodeCheckpoint } from "./checkpoint-text.ts";
import { fromUtf8, requireDecimal, toBase64 } from "./encoding.ts";
import { MalformedError, VerificationError } from "./errors.ts";
import {
  decodeNote, decodeVerifierKey, KEY_TYPES, type KeyType, type Note, placeOf, signersOf, type VerifierKey,
} from "./note.ts";

/** The quorum of a policy that asks for no witness. */
export const NO_QUORUM = "none";

/** A log that may speak; the name of its key is its origin. */
export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url: string | null;
}

/** A witness that may be counted, under its name in this policy. */
export interface PolicyWitness extends PolicyLog {
  readonly name: string;
}

/** Witnesses and other groups, of which so many are enough. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

/** What a checkpoint needs to be believed. */
export interface LogPolicy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: readonly PolicyGroup[];
  /** A witness, a group, or `NO_QUORUM`. */
  readonly quorum: string;
}

const CONTROL = /[\x00-\x08\x0b-\x1f\x7f]/;
const OUTSIDE = /^[ \t]+|[ \t]+$/g;
const LOG_TYPES: readonly KeyType[] = [KEY_TYPES.ED25519, KEY_TYPES.ML_DSA_44];
const WITNESS_TYPES: readonly KeyType[] = [KEY_TYPES.COSIGNATURE, KEY_TYPES.ML_DSA_44];

/**
 * Read a policy.
 *
 * @throws MalformedError: it is none.
 * @throws VerificationError: a key in it is one that anybody could sign for.
 */
export function decodeLogPolicy(data: Uint8Array): LogPolicy {
  const text = fromUtf8(data, "policy");
  if (CONTROL.test(text) || !text.endsWith("\n")) {
    throw new MalformedError("policy: lines ended by a line feed are expected, without other control characters than tabs");
  }
  const lines = new Lines();
  text.slice(0, -1).split("\n").forEach((line, index) => {
    const inside = line.replace(OUTSIDE, "");
    if (inside !== "" && !inside.startsWith("#")) lines.take(inside.split(/[ \t]+/), `policy, line ${index + 1}`);
  });
  return lines.finish();
}

/**
 * Return what the note `data` says, signed by a log of the policy and cosigned by its quorum.
 *
 * @throws MalformedError: it is no signed checkpoint.
 * @throws VerificationError: no log of the policy signed it, its quorum did not, or a signature does not hold.
 */
export function openByPolicy(policy: LogPolicy, data: Uint8Array): Checkpoint {
  const note = decodeNote(data);
  const checkpoint = openByLogs(policy, note);
  requireQuorum(policy, note);
  return checkpoint;
}

/**
 * Return what a note says, signed by a log of the policy; its witnesses are not looked at.
 *
 * @throws CryptoError: it is no checkpoint, or none of these logs signed it.
 */
export function openByLogs(policy: LogPolicy, note: Note): Checkpoint {
  const checkpoint = decodeCheckpoint(note.text);
  const keys = policy.logs.map(({ key }) => key).filter(({ name }) => name === checkpoint.origin);
  if (signersOf(note, keys).length === 0) {
    throw new VerificationError("checkpoint: no log of this policy with its origin signed it");
  }
  return checkpoint;
}

/**
 * Raise unless the quorum cosigned `note`.
 *
 * @throws CryptoError: it did not, or a cosignature does not hold.
 */
export function requireQuorum(policy: LogPolicy, note: Note): void {
  if (!isMet(policy, cosignersOf(policy, note))) {
    throw new VerificationError(`checkpoint: the quorum ${policy.quorum} of its policy did not cosign it`);
  }
}

/**
 * Return the names, in this policy, of the witnesses that cosigned `note`, each once.
 *
 * @throws CryptoError: a cosignature does not hold.
 */
export function cosignersOf(policy: LogPolicy, note: Note): readonly string[] {
  const signed = new Set(signersOf(note, policy.witnesses.map(({ key }) => key)).map(placeOf));
  return policy.witnesses.filter(({ key }) => signed.has(placeOf(key))).map(({ name }) => name);
}

/** Whether these witnesses, by their names in this policy, are the quorum or more. */
export function isMet(policy: LogPolicy, cosigners: readonly string[]): boolean {
  const met = new Set([NO_QUORUM, ...policy.witnesses.map(({ name }) => name).filter((name) => cosigners.includes(name))]);
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => met.has(member)).length >= threshold) met.add(name);
  }
  return met.has(policy.quorum);
}

class Lines {
  private readonly logs: PolicyLog[] = [];
  private readonly witnesses: PolicyWitness[] = [];
  private readonly groups: PolicyGroup[] = [];
  private readonly keys = new Set<string>();
  private readonly defined = new Set<string>();
  private readonly members = new Set<string>();
  private quorum: string | null = null;

  take([kind, ...items]: readonly string[], what: string): void {
    const [first, second, third] = items;
    if (kind === "log" && first !== undefined && items.length <= 2) {
      this.logs.push({ key: this.key(first, "log", LOG_TYPES, what), url: second ?? null });
    } else if (kind === "witness" && first !== undefined && second !== undefined && items.length <= 3) {
      const key = this.key(second, "witness", WITNESS_TYPES, what);
      this.witnesses.push({ name: this.define(first, what), key, url: third ?? null });
    } else if (kind === "group" && first !== undefined && second !== undefined && items.length >= 3) {
      this.groups.push(this.group(first, second, items.slice(2), what));
    } else if (kind === "quorum" && first !== undefined && items.length === 1) {
      if (this.quorum !== null) throw new MalformedError(`${what}: there is one quorum`);
      if (first !== NO_QUORUM) this.requireDefined(first, what);
      this.quorum = first;
    } else {
      throw new MalformedError(`${what}: a log, a witness, a group or the quorum is expected`);
    }
  }

  finish(): LogPolicy {
    if (this.quorum === null) throw new MalformedError("policy: there is no quorum; 'quorum none' asks for no witness");
    return { logs: this.logs, witnesses: this.witnesses, groups: this.groups, quorum: this.quorum };
  }

  private group(name: string, count: string, members: readonly string[], what: string): PolicyGroup {
    for (const member of members) {
      this.requireDefined(member, what);
      if (this.members.has(member)) throw new MalformedError(`${what}: ${member} is in a group already`);
      this.members.add(member);
    }
    const threshold = count === "any" ? 1 : count === "all" ? members.length : requireDecimal(count, `${what}, threshold`);
    if (threshold < 1 || threshold > members.length) {
      throw new MalformedError(`${what}: ${name} needs ${threshold} of its ${members.length} members`);
    }
    return { name: this.define(name, what), threshold, members };
  }

  private key(text: string, kind: string, types: readonly KeyType[], what: string): VerifierKey {
    const key = decodeVerifierKey(text);
    if (!types.includes(key.type)) throw new MalformedError(`${what}: a key of another type than a ${kind} has`);
    const place = toBase64(key.publicKey);
    if (this.keys.has(place)) throw new MalformedError(`${what}: the same ${kind} key in two lines`);
    this.keys.add(place);
    return key;
  }

  private define(name: string, what: string): string {
    if (name === NO_QUORUM || this.defined.has(name)) {
      throw new MalformedError(`${what}: ${name} is defined twice, or means no quorum`);
    }
    this.defined.add(name);
    return name;
  }

  private requireDefined(name: string, what: string): void {
    if (!this.defined.has(name)) throw new MalformedError(`${what}: ${name} is not defined above`);
  }
}
