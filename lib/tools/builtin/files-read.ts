import { z } from 'zod';
import { binaryProblem } from '@/lib/files/binary-kind';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { defineTool } from '../define-tool';

export default defineTool({
  name: 'files_read',
  title: 'Read a file',
  description:
    'Reads a text file of the workspace (text, CSV, JSON, Markdown) by its id or name. A long file is read in parts: give the offset at which to go on.',
  input: z.strictObject({
    file: z.string().min(1).max(300).describe('Id or name of the file.'),
    offset: z.int().min(0).default(0).describe('Characters to leave out at the beginning.'),
    length: z.int().min(1).max(20_000).default(20_000),
  }),
  effect: 'read',
  risk: 0,
  approval: 'never',
  permission: 'files.read',
  private: true,
  async run({ file, offset, length }, context) {
    const { name, mediaType, bytes } = await context.file(file);
    const problem = binaryProblem(bytes);
    if (problem !== undefined) throw new StepError('no_text', `${name} is no text. ${problem}`);
    const text = new TextDecoder().decode(bytes);
    const next = offset + length;
    return {
      ...{ name, mediaType, characters: text.length, text: text.slice(offset, next) },
      ...(next < text.length ? { nextOffset: next } : {}),
    };
  },
});
