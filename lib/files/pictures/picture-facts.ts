export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof pictureTypes)[number];

/** What the first bytes of a picture say. */
export type PictureFacts = {
  mediaType: PictureType;
  width: number;
  height: number;
  /** It moves; models take a still. */
  animated: boolean;
};

/** The kind and size of a picture, read from its header alone; undefined for bytes that are none. Decodes nothing. */
export function readPicture(bytes: Uint8Array): PictureFacts | undefined {
  const facts = readPng(bytes) ?? readWebp(bytes) ?? readJpeg(bytes);
  return facts !== undefined && facts.width > 0 && facts.height > 0 ? facts : undefined;
}

const textAt = (bytes: Uint8Array, from: number, length: number) =>
  String.fromCharCode(...bytes.subarray(from, from + length));
const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function readPng(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes.length < 33 || !pngStart.every((byte, at) => bytes[at] === byte)) return undefined;
  if (textAt(bytes, 12, 4) !== 'IHDR') return undefined;
  const view = viewOf(bytes);
  return {
    ...{ mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) },
    animated: hasFrames(bytes, view),
  };
}

/** Whether a PNG says before its picture that there are several. */
function hasFrames(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const kind = textAt(bytes, at + 4, 4);
    if (kind === 'acTL') return true;
    if (kind === 'IDAT') return false;
    at += 12 + view.getUint32(at);
  }
  return false;
}

function readWebp(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes.length < 30) return undefined;
  if (textAt(bytes, 0, 4) !== 'RIFF' || textAt(bytes, 8, 4) !== 'WEBP') return undefined;
  const view = viewOf(bytes);
  const byte = (at: number) => bytes[at] ?? 0;
  const size = (width: number, height: number, animated = false): PictureFacts => ({
    ...{ mediaType: 'image/webp', width, height, animated },
  });
  switch (textAt(bytes, 12, 4)) {
    case 'VP8 ':
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X': {
      const three = (at: number) => byte(at) + (byte(at + 1) << 8) + (byte(at + 2) << 16);
      return size(three(24) + 1, three(27) + 1, (byte(20) & 2) !== 0);
    }
    default:
      return undefined;
  }
}

/** Segments of a JPEG without a length of their own. */
const alone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Those that begin a frame and hold its size. */
const framed = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function readJpeg(bytes: Uint8Array): PictureFacts | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return undefined;
  const view = viewOf(bytes);
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (alone(marker)) at += 2;
    else if (framed(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return { mediaType: 'image/jpeg', width, height, animated: false };
    } else {
      const length = view.getUint16(at + 2);
      if (length < 2) return undefined;
      at += 2 + length;
    }
  }
  return undefined;
}
