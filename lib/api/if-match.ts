import { AppError } from './errors';

/** The tag of a draft with this number, for `ETag` and `If-Match`. */
export const tagOf = (number: number): string => `"${number}"`;

/**
 * The numbers that an `If-Match` header names, strong or weak, in quotes or without; undefined where anything may be
 * replaced: no header, or `*`. Throws `invalid_input` for a header that names none. After RFC 9110, 13.1.1.
 */
export function readIfMatch(header: string | null | undefined): number[] | undefined {
  if (header === null || header === undefined || header.trim() === '*') return undefined;
  return header.split(',').map((tag) => {
    const digits = /^\s*(?:W\/)?(?:"(\d{1,15})"|(\d{1,15}))\s*$/.exec(tag);
    const number = Number(digits?.[1] ?? digits?.[2] ?? Number.NaN);
    if (Number.isSafeInteger(number)) return number;
    throw new AppError(
      'invalid_input',
      `If-Match must name the number of a draft, such as "12", and not ${tag.trim() || 'nothing'}. Nothing was written.`,
    );
  });
}
