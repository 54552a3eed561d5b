/** Bytes as documents spell them. */

export type Bytes = Uint8Array<ArrayBuffer>;

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (each) => each.toString(16).padStart(2, "0")).join("");
}

export function fromHex(text: string): Bytes {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new TypeError("hex digits are expected");
  return Uint8Array.from(text.match(/../g) ?? [], (each) => parseInt(each, 16));
}

export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

export function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}

export function join(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, each) => length + each.length, 0));
  let place = 0;
  for (const each of parts) {
    whole.set(each, place);
    place += each.length;
  }
  return whole;
}

/** Where `part` begins in `whole`, from `start` on; -1 if nowhere. */
export function find(whole: Uint8Array, part: Uint8Array, start = 0): number {
  for (let place = start; place <= whole.length - part.length; place += 1) {
    let same = 0;
    while (same < part.length && whole[place + same] === part[same]) same += 1;
    if (same === part.length) return place;
  }
  return -1;
}

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Bytes));
}

/** Random bytes of the machine, and nothing else. */
export function random(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
