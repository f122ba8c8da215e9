import type { PictureFacts } from './picture-facts';

/** What every vendor takes of one picture: its bytes as base64 stay under 5 MB. */
export const maxPictureBytes = 3.75 * 1_048_576;
/** Pixels of a side. */
export const maxPictureSide = 8_000;

/** Why a picture is not taken, as a sentence; undefined where it is. `facts`: what its header says. */
export function pictureProblem(
  name: string,
  size: number,
  facts: PictureFacts | undefined,
): string | undefined {
  if (facts === undefined) {
    return `“${name}” is no PNG, JPEG or WebP picture, or a damaged one.`;
  }
  if (size > maxPictureBytes) {
    return `“${name}” is larger than 3.75 MB. Pictures may have at most that: make it smaller and use that file.`;
  }
  if (facts.width > maxPictureSide || facts.height > maxPictureSide) {
    return `“${name}” is ${facts.width} × ${facts.height} pixels. Pictures may have at most ${maxPictureSide} a side: make it smaller and use that file.`;
  }
  if (facts.animated) return `“${name}” is animated. Save one picture of it and use that file.`;
  return undefined;
}
