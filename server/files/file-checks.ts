import { AppError } from '@/lib/api/errors';
import { notText } from '@/lib/files/decode-text';
import { documentKindOf, documentProblem } from '@/lib/files/documents/document-kind';
import { sizeProblem } from '@/lib/files/file-limits';
import { type FileType, fileTypeOf, fileTypes } from '@/lib/files/file-types';
import { readPicture } from '@/lib/files/pictures/picture-facts';
import { pictureProblem } from '@/lib/files/pictures/picture-limits';

/** The type that a name's ending tells. Throws `unsupported_media_type`. */
export function knownType(name: string): FileType {
  const type = fileTypeOf(name);
  if (type !== undefined) return type;
  const old = /\.(xls|doc|ppt|numbers|pages|key)$/i.test(name);
  throw new AppError(
    'unsupported_media_type',
    old
      ? `"${name}" has an old format, or one of another program. Save it as .xlsx, .docx, .pptx or PDF and use that file.`
      : `"${name}" has an unsupported file type. Supported: ${Object.keys(fileTypes).join(', ')}.`,
  );
}

/** Throws `too_large` for more bytes than a file of that name may have. */
export function refuseLarge(name: string, size: number): void {
  const problem = sizeProblem(name, size);
  if (problem !== undefined) throw new AppError('too_large', problem);
}

/** Throws `invalid_input` for bytes that are not what the name says. Of a document its beginning is enough. */
export function refuseMisnamed(name: string, bytes: Uint8Array): void {
  const problem = problemOf(name, bytes);
  if (problem !== undefined) throw new AppError('invalid_input', problem);
}

function problemOf(name: string, bytes: Uint8Array): string | undefined {
  if (fileTypeOf(name)?.format === 'picture') {
    return pictureProblem(name, bytes.byteLength, readPicture(bytes));
  }
  const kind = documentKindOf(name);
  const problem = kind === undefined ? notText(bytes) : documentProblem(kind, bytes);
  return problem === undefined ? undefined : `"${name}": ${problem}`;
}
