/**
 * The files of a log that never change: tiles of 256 hashes, and bundles of the 256 entries below them.
 *
 * Follows SPEC.md §19.4, C2SP tlog-tiles v0.1.0 and as of commit 5ba5ee8; mirrors what reads in `crypto/tile.py`.
 */

import { MalformedError } from "./errors.ts";
import { HASH_BYTES } from "./merkle.ts";

export const TILE_WIDTH = 256;
export const MAX_LEVEL = 63;

/** A run of hashes of one level; each stands for 256 ** level entries. */
export interface Tile {
  readonly level: number;
  /** How many full tiles are to the left of it. */
  readonly index: number;
  /** How many hashes it has; 256 if it is full. */
  readonly width: number;
}

/** A run of entries: those whose hashes are the tile of level 0 with the same index. */
export interface Bundle {
  readonly index: number;
  readonly width: number;
}

const PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;
const MAX_INDEX = Math.floor(Number.MAX_SAFE_INTEGER / TILE_WIDTH);

/** Return the path of a tile below the log's prefix. */
export function tilePath({ level, index, width }: Tile): string {
  if (!(Number.isInteger(level) && level >= 0 && level <= MAX_LEVEL)) {
    throw new MalformedError(`tile: a level from 0 to ${MAX_LEVEL} is expected`);
  }
  return pathOf(String(level), index, width);
}

/** Return the path of a bundle of entries below the log's prefix. */
export function entriesPath({ index, width }: Bundle): string {
  return pathOf("entries", index, width);
}

/**
 * Return the tile or bundle that a path names.
 *
 * @throws MalformedError: it names none, or in another spelling.
 */
export function parseTilePath(path: string): Tile | Bundle {
  const [, level, groups, written] = PATH.exec(path) ?? [];
  if (level === undefined || groups === undefined) {
    throw new MalformedError("tile: tile/LEVEL/INDEX is expected, with .p/WIDTH if it is partial");
  }
  const [index, width] = [Number(groups.replaceAll(/[x/]/g, "")), Number(written ?? TILE_WIDTH)];
  const part: Tile | Bundle = level === "entries" ? { index, width } : { level: Number(level), index, width };
  if (("level" in part ? tilePath(part) : entriesPath(part)) !== path) {
    throw new MalformedError("tile: another spelling of a path");
  }
  return part;
}

/** Return the bundles of a log of `size` entries from the left. */
export function* bundlesOf(size: number): Generator<Bundle> {
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    yield { index, width: Math.min(TILE_WIDTH, size - index * TILE_WIDTH) };
  }
}

/** Return the partial tiles of a log of `size` entries, from level 0 up; they alone tell its root. */
export function edgeTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH;
    if (width > 0) tiles.push({ level, index: Math.floor(count / TILE_WIDTH), width });
  }
  return tiles;
}

/** Read the hashes of a tile, exactly `width`. */
export function decodeTile(data: Uint8Array, width: number): readonly Uint8Array[] {
  if (data.length !== width * HASH_BYTES) {
    throw new MalformedError(`tile: ${width} hashes of ${HASH_BYTES} bytes are expected, not ${data.length} bytes`);
  }
  return Array.from({ length: width }, (_, at) => data.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
}

/**
 * Read a bundle of exactly `width` entries.
 *
 * @throws MalformedError: something is cut off or left over.
 */
export function decodeBundle(data: Uint8Array, width: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    if (at + 2 > data.length) throw new MalformedError(`bundle: it is cut off; ${width} entries are expected`);
    const end = at + 2 + data[at]! * 256 + data[at + 1]!;
    if (end > data.length) throw new MalformedError(`bundle: it is cut off; ${width} entries are expected`);
    entries.push(data.subarray(at + 2, end));
    at = end;
  }
  if (at !== data.length) throw new MalformedError(`bundle: something is left over behind ${width} entries`);
  return entries;
}

function pathOf(level: string, index: number, width: number): string {
  if (!(Number.isInteger(index) && index >= 0 && index <= MAX_INDEX)) {
    throw new MalformedError(`tile: an index from 0 to ${MAX_INDEX} is expected`);
  }
  if (!(Number.isInteger(width) && width >= 1 && width <= TILE_WIDTH)) {
    throw new MalformedError(`tile: a width from 1 to ${TILE_WIDTH} is expected`);
  }
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  }
  return `tile/${level}/${groups.join("/")}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}
