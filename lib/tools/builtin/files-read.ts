import { z } from 'zod';
import { contentText } from '@/lib/files/content-text';
import { sizeProblem } from '@/lib/files/file-limits';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'files_read',
  title: 'Read a file',
  description:
    'Reads a file of the workspace by its id or name: text, CSV, JSON, Excel, PDF, Word, PowerPoint and others. A long file is read in parts: give the offset at which to go on.',
  input: z.strictObject({
    file: z.string().min(1).max(300).describe('Id or name of the file.'),
    sheet: z.string().max(200).optional().describe('Sheet of a workbook; else its first.'),
    offset: z.int().min(0).default(0).describe('Characters to leave out at the beginning.'),
    length: z.int().min(1).max(20_000).default(20_000),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'files.read',
  private: true,
  // Whoever wrote a document may be a stranger: its text is no instruction.
  outside: true,
  async run({ file, sheet, offset, length }, context) {
    const found = await context.file(file);
    const { name, mediaType, bytes } = found;
    const tooLarge = sizeProblem(name, bytes.byteLength);
    if (tooLarge !== undefined) throw new StepError('file_too_large', tooLarge);
    const read = await context.read(found, sheet === undefined ? {} : { sheet });
    if (!read.ok) throw new StepError(read.code, `"${name}": ${read.problem}`);
    const { content } = read;
    const text = contentText(content);
    const next = offset + length;
    return {
      ...{ name, mediaType, characters: text.length, text: text.slice(offset, next) },
      ...('pages' in content ? { pages: content.pages.length } : {}),
      ...('sheets' in content ? { sheets: content.sheets } : {}),
      ...(next < text.length ? { nextOffset: next } : {}),
    };
  },
});
