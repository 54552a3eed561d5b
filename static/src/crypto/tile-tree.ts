/**
 * Reads a tree from its tiles: its root, proofs without all of its entries, and all entries with every hash checked.
 *
 * * Where a partial tile or bundle is gone because the full one exists, the full one is cut to its width.
 * * Proofs are made of what the tiles say; whoever gets one verifies it against a signed root.
 * * Entries are handed out only after they were found to be under the root.
 *
 * Follows SPEC.md §19.4, RFC 6962 §2.1; mirrors `crypto/tile_tree.py`, but tiles are awaited.
 */

import { concatBytes } from "@noble/hashes/utils.js";
import { sameBytes } from "./encoding.ts";
import { about, MalformedError, VerificationError } from "./errors.ts";
import { HASH_BYTES, leafHash, nodeHash, rootOfHashes } from "./merkle.ts";
import {
  type Bundle, bundlesOf, decodeBundle, decodeTile, edgeTiles, entriesPath, TILE_WIDTH, type Tile, tilePath,
} from "./tile.ts";

/** Returns the bytes of a file below the log's prefix, or null if it is not there. */
export type Reader = (path: string) => Promise<Uint8Array | null>;

type Range = readonly [start: number, end: number];

/**
 * Return the root of the tree of `size` entries, from the tiles at its right edge.
 *
 * @throws CryptoError: a tile is missing or has another length.
 */
export async function rootOf(size: number, read: Reader): Promise<Uint8Array> {
  const levels = new Map<number, readonly Uint8Array[]>();
  for (const tile of edgeTiles(size)) levels.set(tile.level, decodeTile(await readTile(tile, read), tile.width));
  let below: Uint8Array[] = [];
  for (let level = 0; level <= Math.max(-1, ...levels.keys()); level++) {
    const nodes = [...(levels.get(level) ?? []), ...below];
    below = nodes.length > 0 ? [rootOfHashes(nodes)] : [];
  }
  return rootOfHashes(below);
}

/**
 * Return the hashes that lead from the entry `index` to the root of `size` entries (RFC 9162 §2.1.3.1).
 *
 * @throws CryptoError: there is no such entry, or a tile is missing or has another length.
 */
export async function inclusionProof(index: number, size: number, read: Reader): Promise<readonly Uint8Array[]> {
  if (!(index >= 0 && index < size)) {
    throw new MalformedError(`entry ${index} was asked for, but the log has ${size}, counted from 0`);
  }
  return hashesOf(rangesBeside((middle) => index < middle, (start, end) => end - start > 1, size).ranges, size, read);
}

/**
 * Return the hashes that show that `size` entries begin with the first `old` (RFC 9162 §2.1.4.1).
 *
 * @throws CryptoError: the log never had that size, or a tile is missing or has another length.
 */
export async function consistencyProof(old: number, size: number, read: Reader): Promise<readonly Uint8Array[]> {
  if (!(old >= 0 && old <= size)) {
    throw new MalformedError(`a log of ${old} entries was asked for, but this one has ${size}`);
  }
  if (old === 0) return [];
  const { ranges, last } = rangesBeside((middle) => old <= middle, (_, end) => old < end, size);
  // What begins at 0 is the old tree itself, whose root the reader has.
  return hashesOf(last[0] > 0 ? [last, ...ranges] : ranges, size, read);
}

/**
 * Give all entries of the log with this size and root, 256 at a time, from the first on.
 *
 * Every tile of the tree is read and must be what the root speaks for; so must every entry that is given.
 *
 * @throws CryptoError: something is missing or was altered; the message names the file.
 */
export async function* verifiedBundles(
  size: number, root: Uint8Array, read: Reader,
): AsyncGenerator<readonly Uint8Array[]> {
  if (!sameBytes(await rootOf(size, read), root)) {
    throw new VerificationError(await faultAtEdge(size, read));
  }
  // The tile last verified at each level.
  const above = new Map<number, readonly [string, Uint8Array]>();
  for (const bundle of bundlesOf(size)) {
    const tile = await verifiedTile({ level: 0, ...bundle }, size, read, above);
    const entries = await readBundle(bundle, read);
    if (!sameBytes(concatBytes(...entries.map(leafHash)), tile)) {
      throw new VerificationError(`${entriesPath(bundle)}: an entry is not the one whose hash is in the tile`);
    }
    yield entries;
  }
}

/** Return the hashes of a tile, cut from the full one if the partial one is gone. */
export async function readTile(tile: Tile, read: Reader): Promise<Uint8Array> {
  const path = tilePath(tile);
  let data = await read(path);
  if (!data && tile.width < TILE_WIDTH) {
    data = await read(tilePath({ ...tile, width: TILE_WIDTH }));
    if (data && data.length === TILE_WIDTH * HASH_BYTES) data = data.subarray(0, tile.width * HASH_BYTES);
  }
  if (!data) throw new VerificationError(`${path}: it is missing`);
  if (data.length !== tile.width * HASH_BYTES) {
    throw new MalformedError(`${path}: ${tile.width} hashes are expected, not ${data.length} bytes`);
  }
  return data;
}

/** Return the entries of a bundle, cut from the full one if the partial one is gone; their hashes are not checked. */
export async function readBundle(bundle: Bundle, read: Reader): Promise<readonly Uint8Array[]> {
  const path = entriesPath(bundle);
  const data = await read(path);
  if (data) return about(path, () => decodeBundle(data, bundle.width));
  const full = bundle.width < TILE_WIDTH ? await read(entriesPath({ ...bundle, width: TILE_WIDTH })) : null;
  if (!full) throw new VerificationError(`${path}: it is missing`);
  return about(path, () => decodeBundle(full, TILE_WIDTH).slice(0, bundle.width));
}

/** Return the tile at this place as far as a log of `size` entries has it. */
export function tileAt(level: number, index: number, size: number): Tile {
  const count = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return { level, index, width: Math.min(TILE_WIDTH, count) };
}

/** Return which tile at the right edge is not the root of what lies below it, if one is. */
async function faultAtEdge(size: number, read: Reader): Promise<string> {
  for (const tile of edgeTiles(size)) {
    const below: Uint8Array[] = [];
    if (tile.level === 0) below.push(...(await readBundle(tile, read)).map(leafHash));
    else {
      for (let index = tile.index * TILE_WIDTH; below.length < tile.width; index++) {
        const child = await readTile({ level: tile.level - 1, index, width: TILE_WIDTH }, read);
        below.push(rootOfHashes(decodeTile(child, TILE_WIDTH)));
      }
    }
    if (!sameBytes(concatBytes(...below), await readTile(tile, read))) {
      return `${tilePath(tile)}: its hashes are not those of what lies below it, nor the root of the checkpoint`;
    }
  }
  return `the tiles at the right edge of ${size} entries do not have the root of the checkpoint`;
}

async function verifiedTile(
  tile: Tile, size: number, read: Reader, above: Map<number, readonly [string, Uint8Array]>,
): Promise<Uint8Array> {
  const path = tilePath(tile);
  const kept = above.get(tile.level);
  if (kept?.[0] === path) return kept[1];
  const data = await readTile(tile, read);
  // A partial tile is at the right edge, which was held against the root already.
  if (tile.width === TILE_WIDTH) {
    const parent = tileAt(tile.level + 1, Math.floor(tile.index / TILE_WIDTH), size);
    const hashes = decodeTile(await verifiedTile(parent, size, read, above), parent.width);
    if (!sameBytes(rootOfHashes(decodeTile(data, TILE_WIDTH)), hashes[tile.index % TILE_WIDTH]!)) {
      throw new VerificationError(`${path}: it is not the one whose hash is in ${tilePath(parent)}`);
    }
  }
  above.set(tile.level, [path, data]);
  return data;
}

/** Go down from the root: what is not taken is a hash of the proof; the lowest comes first. */
function rangesBeside(
  isLeft: (middle: number) => boolean, goesOn: (start: number, end: number) => boolean, size: number,
): { readonly ranges: readonly Range[]; readonly last: Range } {
  const ranges: Range[] = [];
  let [start, end] = [0, size];
  while (goesOn(start, end)) {
    const middle = start + halfOf(end - start);
    if (isLeft(middle)) {
      ranges.unshift([middle, end]);
      end = middle;
    } else {
      ranges.unshift([start, middle]);
      start = middle;
    }
  }
  return { ranges, last: [start, end] };
}

async function hashesOf(ranges: readonly Range[], size: number, read: Reader): Promise<readonly Uint8Array[]> {
  const hashes: Uint8Array[] = [];
  for (const [start, end] of ranges) hashes.push(await hashOf(start, end, size, read));
  return hashes;
}

/** A range begins at a multiple of the widest power of two in it, so a whole one lies within one tile. */
async function hashOf(start: number, end: number, size: number, read: Reader): Promise<Uint8Array> {
  const width = end - start;
  const half = halfOf(width);
  if (width > 1 && half * 2 !== width) {
    return nodeHash(await hashOf(start, start + half, size, read), await hashOf(start + half, end, size, read));
  }
  let [level, unit] = [0, 1];
  while (unit * TILE_WIDTH <= width) [level, unit] = [level + 1, unit * TILE_WIDTH];
  const tile = tileAt(level, Math.floor(start / unit / TILE_WIDTH), size);
  const from = (start / unit) % TILE_WIDTH;
  return rootOfHashes(decodeTile(await readTile(tile, read), tile.width).slice(from, from + width / unit));
}

/** The widest power of two below `width`, where the tree of so many leaves is parted. */
function halfOf(width: number): number {
  let half = 1;
  while (half * 2 < width) half *= 2;
  return half;
}
