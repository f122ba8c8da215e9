import type { ModelMessage, PicturePart } from '../message';
import { picturesIn } from '../message';
import type { ProviderId } from '../schema';

type Size = Pick<PicturePart, 'width' | 'height'>;

/** A size made smaller so that no side is longer; never larger. */
function within({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
}

/** Squares of so many pixels that cover a picture. */
const squares = ({ width, height }: Size, side: number) =>
  Math.ceil(width / side) * Math.ceil(height / side);

/**
 * About how many tokens a picture has, where it is not known who sees it: vendors make it smaller first, and count one
 * for each 750 pixels or so.
 */
export function pictureTokens(size: Size): number {
  const { width, height } = within(size, 1_568);
  return Math.max(85, Math.ceil((width * height) / 750));
}

/** The same of all pictures in messages. */
export const pictureTokensIn = (messages: readonly ModelMessage[]): number =>
  messages.flatMap(picturesIn).reduce((sum, picture) => sum + pictureTokens(picture), 0);

/**
 * A bound that no vendor's bill for a picture exceeds, by the vendors' own rules, so that a budget holds enough. For
 * servers of unknown make the most that any usual model makes of it.
 */
export function mostPictureTokens(provider: ProviderId, model: string, size: Size): number {
  switch (provider) {
    case 'anthropic': {
      const seen = within(size, 2_576);
      return Math.ceil((seen.width * seen.height) / 750) + 16;
    }
    case 'openai':
      return openaiTokens(model, size);
    case 'google': {
      // Cut into pieces of 258 each, or a fixed amount by its resolution.
      const shorter = Math.min(size.width, size.height);
      const piece = Math.min(768, Math.max(256, Math.floor(shorter / 1.5)));
      return Math.max(2_240, 258 * (squares(size, piece) + 1));
    }
    default:
      return Math.min(16_384, squares(size, 28)) + 64;
  }
}

function openaiTokens(model: string, size: Size): number {
  // In a square of 2,048, its shorter side 768 at most, in tiles of 512.
  const fitted = within(size, 2_048);
  const scale = Math.min(1, 768 / Math.min(fitted.width, fitted.height));
  const tiles = squares({ width: fitted.width * scale, height: fitted.height * scale }, 512);
  if (/^gpt-4o-mini/.test(model)) return 2_833 + 5_667 * tiles;
  // Newer ones count squares of 32, at most 2,500 of them, each for up to 2.46 tokens.
  const patches = Math.ceil(Math.min(2_500, squares(size, 32)) * 2.46);
  return Math.max(85 + 170 * tiles, patches) + 16;
}
