import { hasMark } from '@/lib/api/has-mark';

const mark = Symbol.for('ensemble.DocumentError');

/** Why a description cannot be used: a sentence for people, which names the part. */
export class DocumentError extends Error {
  readonly [mark] = true;
  static isInstance(value: unknown): value is DocumentError {
    return hasMark(value, mark);
  }
}

/** A part of a document as people find it: `paths./users.get.parameters[2]`. */
export const partOf = (path: readonly (string | number)[]): string =>
  path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`,
    )
    .join('');
