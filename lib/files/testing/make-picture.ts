import { deflateSync } from 'node:zlib';

type Size = { width: number; height: number };

/** Bytes of a PNG: its size, and the same colour all over it. `animated`: it says that it has several frames. */
export function makePng({ width, height }: Size, colour = [70, 120, 220], animated = false) {
  const row = new Uint8Array(1 + width * 3);
  for (let at = 1; at < row.length; at += 1) row[at] = colour[(at - 1) % 3] ?? 0;
  const rows = new Uint8Array(row.length * height);
  for (let at = 0; at < height; at += 1) rows.set(row, at * row.length);
  const head = new Uint8Array(13);
  const view = new DataView(head.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  head.set([8, 2, 0, 0, 0], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head),
    ...(animated ? [chunk('acTL', new Uint8Array(8))] : []),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** The header of a JPEG, behind segments of so many bytes. */
export function jpegHead({ width, height }: Size, before: readonly number[] = [16]): Uint8Array {
  const two = (value: number) => [value >> 8, value & 0xff];
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...before.flatMap((length) => [0xff, 0xe1, ...two(length + 2), ...Array(length).fill(7)]),
    ...[0xff, 0xc2, ...two(17), 8, ...two(height), ...two(width), 3, 1, 0x22, 0, 2, 0x11, 1],
    ...[3, 0x11, 1, 0xff, 0xd9],
  ]);
}

/** The header of a WebP, in each of its three kinds. */
export function webpHead(
  { width, height }: Size,
  kind: 'VP8 ' | 'VP8L' | 'VP8X',
  animated = false,
): Uint8Array {
  const bytes = new Uint8Array(40);
  const view = new DataView(bytes.buffer);
  const write = (at: number, text: string) =>
    bytes.set(
      [...text].map((char) => char.charCodeAt(0)),
      at,
    );
  write(0, 'RIFF');
  write(8, 'WEBP');
  write(12, kind);
  if (kind === 'VP8 ') {
    bytes.set([0x9d, 0x01, 0x2a], 23);
    view.setUint16(26, width, true);
    view.setUint16(28, height, true);
  } else if (kind === 'VP8L') {
    bytes[20] = 0x2f;
    view.setUint32(21, ((width - 1) | ((height - 1) << 14)) >>> 0, true);
  } else {
    bytes[20] = animated ? 2 : 0;
    view.setUint32(24, width - 1, true);
    view.setUint8(27, (height - 1) & 0xff);
    view.setUint16(28, (height - 1) >> 8, true);
  }
  return bytes;
}

function chunk(kind: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at += 1) bytes[4 + at] = kind.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

function joined(all: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(all.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of all) {
    bytes.set(one, at);
    at += one.length;
  }
  return bytes;
}
