import { documentLimits } from './documents/schema';
import { fileTypeOf, isDocument, isPictureFile } from './file-types';
import { maxPictureBytes } from './pictures/picture-limits';

const textBytes = 8 * 1_048_576;

/** The most bytes that a file of this name may have: texts are read into memory as a whole, documents elsewhere. */
export const largestFile = (name: string): number =>
  isDocument(name) ? documentLimits.bytes : isPictureFile(name) ? maxPictureBytes : textBytes;

/** Why a file of this name and size is not read; undefined where it is. */
export function sizeProblem(name: string, bytes: number): string | undefined {
  const most = largestFile(name);
  if (bytes <= most) return undefined;
  const format = fileTypeOf(name)?.format;
  const kind =
    format === 'document'
      ? 'Documents'
      : format === 'workbook'
        ? 'Workbooks'
        : format === 'picture'
          ? 'Pictures'
          : 'Texts';
  return `"${name}" is larger than ${most / 1_048_576} MB. ${kind} may have at most that.`;
}
