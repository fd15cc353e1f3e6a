import { crc32, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** In bytes, decompressed: a file of 50 kB can hold gigabytes. */
const LARGEST_IMAGE = 32_000_000;

/** The number of samples in a pixel, and the bits that a sample may have, by colour type. */
const COLOUR_TYPES: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

/** The passes of an interlaced image: first column and row, and the steps between them. */
const PASSES = [
  ...[[0, 0, 8, 8] as const, [4, 0, 8, 8] as const, [0, 4, 4, 8] as const],
  ...[[2, 0, 4, 4] as const, [0, 2, 2, 4] as const, [1, 0, 2, 2] as const, [0, 1, 1, 2] as const],
];

interface Chunk {
  type: string;
  data: Buffer;
}

export function startsAsPng(file: Buffer): boolean {
  return file.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/**
 * True for a PNG image that decodes to the end: chunks with right checksums, and as much data as its size
 * needs (Portable Network Graphics, third edition).
 */
export function isWholePng(file: Buffer): boolean {
  const chunks = startsAsPng(file) ? chunksOf(file) : null;
  const [first] = chunks ?? [];
  if (!chunks || first?.type !== 'IHDR' || first.data.length !== 13) return false;
  const header = first.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth = 0, colour = 0, method, filter, interlace = 0] = header.subarray(8);
  const kind = COLOUR_TYPES[colour];
  if (!kind?.depths.includes(depth) || method !== 0 || filter !== 0 || interlace > 1) return false;
  if (colour === 3 && !chunks.some(({ type }) => type === 'PLTE')) return false;
  const rows = rowsOf(width, height, depth * kind.samples, interlace === 1);
  const size = rows.reduce((sum, { count, bytes }) => sum + count * bytes, 0);
  if (width === 0 || height === 0 || size > LARGEST_IMAGE) return false;
  const image = chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data);
  const pixels = inflate(Buffer.concat(image), size);
  return pixels?.length === size && haveFilters(pixels, rows);
}

/** Returns the chunks of a file up to its end; null if one is cut off, damaged, or after the end. */
function chunksOf(file: Buffer): Chunk[] | null {
  const chunks: Chunk[] = [];
  let at = SIGNATURE.length;
  while (at + 12 <= file.length) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) return null;
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end)) return null;
    const type = file.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: file.subarray(at + 8, end) });
    at = end + 4;
    if (type === 'IEND') return at === file.length ? chunks : null;
  }
  return null;
}

/** Returns how many rows there are of which length in bytes, each with the byte of its filter. */
function rowsOf(width: number, height: number, bits: number, interlaced: boolean) {
  const passes = interlaced ? PASSES : [[0, 0, 1, 1] as const];
  return passes.flatMap(([x, y, dx, dy]) => {
    const [columns, count] = [Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)];
    return columns > 0 && count > 0 ? [{ count, bytes: 1 + Math.ceil((columns * bits) / 8) }] : [];
  });
}

function inflate(data: Buffer, most: number): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: most });
  } catch {
    return null;
  }
}

function haveFilters(pixels: Buffer, rows: ReturnType<typeof rowsOf>): boolean {
  let at = 0;
  for (const { count, bytes } of rows) {
    for (let row = 0; row < count; row += 1, at += bytes) {
      if ((pixels[at] ?? 5) > 4) return false;
    }
  }
  return true;
}
