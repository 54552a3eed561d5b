/** Writes DER (X.690), as far as certificates and requests for certificates need it. */

import { type Bytes, join, utf8 } from "./bytes.ts";

/** A value with its tag and length. */
export function tagged(tag: number, ...parts: Uint8Array[]): Bytes {
  const content = join(...parts);
  return join(Uint8Array.of(tag, ...length(content.length)), content);
}

export const sequence = (...parts: Uint8Array[]): Bytes => tagged(0x30, ...parts);
export const set = (...parts: Uint8Array[]): Bytes => tagged(0x31, ...parts);
export const octets = (bytes: Uint8Array): Bytes => tagged(0x04, bytes);
export const text = (value: string): Bytes => tagged(0x0c, utf8(value));
export const printable = (value: string): Bytes => tagged(0x13, utf8(value));
export const absent = (): Bytes => Uint8Array.of(0x05, 0);
export const yes = (): Bytes => Uint8Array.of(0x01, 1, 0xff);
/** A context-specific tag around something. */
export const explicit = (number: number, ...parts: Uint8Array[]): Bytes => tagged(0xa0 | number, ...parts);

/** Bits that fill whole bytes. */
export const bits = (bytes: Uint8Array): Bytes => tagged(0x03, Uint8Array.of(0), bytes);

/** Named bits, numbered from the left; the zeros after the last one are left out (X.690 §11.2.2). */
export function flags(...numbers: number[]): Bytes {
  const last = Math.max(...numbers);
  if (last > 7) throw new RangeError("one byte of flags is written");
  const byte = numbers.reduce((all, each) => all | (0x80 >> each), 0);
  return tagged(0x03, Uint8Array.of(7 - last, byte));
}

/** A number that is not negative, most significant byte first. */
export function integer(bytes: Uint8Array): Bytes {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const digits = bytes.subarray(start);
  return tagged(0x02, (digits[0] ?? 0) & 0x80 ? Uint8Array.of(0) : new Uint8Array(), digits);
}

/** An object identifier, as in `1.2.840`. */
export function oid(dotted: string): Bytes {
  const [first, second, ...rest] = dotted.split(".").map(Number) as [number, number, ...number[]];
  const bytes = [first * 40 + second];
  for (const each of rest) {
    const digits = [each & 0x7f];
    for (let left = each >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return tagged(0x06, Uint8Array.from(bytes));
}

/** A moment before 2050 to the second (RFC 5280 §4.1.2.5). */
export function moment(at: Date): Bytes {
  const digits = at.toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return at.getUTCFullYear() < 2050 ? tagged(0x17, utf8(`${digits.slice(2)}Z`)) : tagged(0x18, utf8(`${digits}Z`));
}

/** The contents of a value of one tag at the beginning of `bytes`, and what follows it. */
export function open(bytes: Uint8Array, tag: number): { content: Uint8Array; rest: Uint8Array } {
  let size = bytes[1] ?? 0;
  let start = 2;
  if (size & 0x80) {
    start += size & 0x7f;
    size = bytes.subarray(2, start).reduce((all, each) => all * 256 + each, 0);
  }
  if (bytes[0] !== tag || start + size > bytes.length) throw new TypeError("DER: another value is expected");
  return { content: bytes.subarray(start, start + size), rest: bytes.subarray(start + size) };
}

function length(size: number): number[] {
  if (size < 0x80) return [size];
  const digits = [];
  for (let left = size; left > 0; left = Math.floor(left / 256)) digits.unshift(left & 0xff);
  return [0x80 | digits.length, ...digits];
}
