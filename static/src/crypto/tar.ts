/**
 * The tar dialect of an archive: old-style members that can be written in one way only.
 *
 * A header is accepted only if writing its name, size and time again gives the same 512 bytes. Follows SPEC.md §8;
 * mirrors `crypto/tar.py`.
 */

import { sameBytes, toUtf8 } from "./encoding.ts";
import { MalformedError } from "./errors.ts";

/** One member: where it stands (from 1), its name, its time in Unix seconds, its bytes. */
export interface Member {
  readonly number: number;
  readonly name: string;
  readonly mtime: number;
  readonly body: Uint8Array;
}

const BLOCK = 512;
const NAME = 100;
const LIMIT = 8 ** 11;
const OCTAL = /^[0-7]{11}\0$/;
const PRINTABLE = /^[\x20-\x7e]{1,100}$/;
const DECODER = new TextDecoder("latin1");

/** How a refusal names a member. */
export function labelOf(member: Member): string {
  return `member ${member.number} (${member.name})`;
}

/**
 * Give the members in order; nothing may stand between, before or after them.
 *
 * @throws MalformedError: a header, a padding or the length is not exactly what a writer puts.
 */
export function* readMembers(data: Uint8Array): Generator<Member> {
  let offset = 0;
  for (let number = 1; offset < data.length; number++) {
    const label = `member ${number}`;
    const header = data.subarray(offset, offset + BLOCK);
    if (header.length < BLOCK) throw new MalformedError(`${label}: the archive ends inside its header`);
    const { name, size, mtime } = decodeHeader(header, label);
    const start = offset + BLOCK;
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
    if (offset > data.length) throw new MalformedError(`${label} (${name}): the archive ends inside its content`);
    if (data.subarray(start + size, offset).some((byte) => byte !== 0)) {
      throw new MalformedError(`${label} (${name}): the padding holds something else than NUL`);
    }
    yield { number, name, mtime, body: data.subarray(start, start + size) };
  }
}

function encodeHeader(name: string, size: number, mtime: number): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => header.set(toUtf8(text), at);
  put(0, name);
  put(100, "0000644\0" + "0000000\0".repeat(2));
  put(124, `${octal(size, 11)}\0${octal(mtime, 11)}\0`);
  put(156, "0");
  // The checksum counts its own eight bytes as spaces.
  const checksum = header.reduce((sum, byte) => sum + byte, 8 * 0x20);
  put(148, `${octal(checksum, 6)}\0 `);
  return header;
}

function decodeHeader(header: Uint8Array, label: string): { name: string; size: number; mtime: number } {
  const [size, mtime] = [DECODER.decode(header.subarray(124, 136)), DECODER.decode(header.subarray(136, 148))];
  if (!OCTAL.test(size) || !OCTAL.test(mtime)) {
    throw new MalformedError(`${label}: this is not a member of an archive`);
  }
  const name = DECODER.decode(header.subarray(0, NAME)).replace(/\0+$/, "");
  const found = { name, size: parseInt(size, 8), mtime: parseInt(mtime, 8) };
  const fits = PRINTABLE.test(name) && found.size < LIMIT && found.mtime < LIMIT;
  if (!fits || !sameBytes(encodeHeader(name, found.size, found.mtime), header)) {
    throw new MalformedError(`${label}: the header is not written in the one way an archive has`);
  }
  return found;
}

function octal(number: number, digits: number): string {
  return number.toString(8).padStart(digits, "0");
}
