import { expect, test } from 'vitest';
import { makePng } from '@/lib/files/testing/make-picture';
import { type NodeContext, StepError } from '../node-type/define-node';
import { putTogether, readGivenFiles, roomFor, taskMessage } from './given-files';

type File = { name: string; text: string; bytes?: Uint8Array };

/** A context that knows these files, and an expression that gives this value. */
function knowing(files: Record<string, File>, value: unknown) {
  const context: Pick<NodeContext, 'evaluate' | 'file' | 'read'> = {
    evaluate: async () => value,
    async file(id) {
      const found = files[id];
      if (found === undefined) throw new StepError('file_not_found', `There is no file "${id}".`);
      return {
        name: found.name,
        mediaType: 'text/plain',
        bytes: found.bytes ?? new TextEncoder().encode(found.text),
      };
    },
    async read({ bytes }) {
      const text = new TextDecoder().decode(bytes);
      if (text === 'scan')
        return { ok: false, code: 'file_unreadable', problem: 'No text was found.' };
      return { ok: true, format: 'text', content: { text } };
    },
  };
  return context;
}

const a = { name: 'a.txt', text: 'alpha' };

test.each([['a'], [['a']], [[{ id: 'a', name: 'a.txt' }]], [{ id: 'a', size: 3 }]])(
  'gives the text of %j under its name',
  async (value) => {
    const given = await readGivenFiles(knowing({ a }, value), 'input.files', 'auto');
    expect(given.text).toContain('<file name="a.txt" id="a">\nalpha\n</file>');
    expect(given).toMatchObject({ notes: [], cut: false });
  },
);

test.each([[null], [undefined], [[]]])('%j is no file', async (value) => {
  const given = await readGivenFiles(knowing({}, value), 'input.files', 'auto');
  expect(given).toEqual({ text: '', pictures: [], notes: [], cut: false });
});

test.each<[string, Record<string, File>, unknown, string]>([
  ['is gone', {}, [{ id: 'a', name: 'a.txt' }], '“a.txt” was deleted before it was read'],
  ['holds no text', { a: { name: 'scan.pdf', text: 'scan' } }, ['a'], 'No text was found'],
  ['is blank', { a: { name: 'blank.txt', text: ' \n' } }, ['a'], 'No text was found'],
  ['is no file', {}, [7], 'a file or a list'],
])('fails where one %s', async (_, files, value, words) => {
  await expect(readGivenFiles(knowing(files, value), 'x', 'auto')).rejects.toThrow(words);
});

test('one of an earlier message may be gone or unreadable by now', async () => {
  const files = { a, b: { name: 'scan.pdf', text: 'scan' } };
  const earlier = (id: string) => ({ id, name: `${id}.txt`, earlier: true });
  const value = [{ id: 'a', name: 'a.txt' }, earlier('b'), earlier('c')];
  const { text } = await readGivenFiles(knowing(files, value), 'x', 'auto');
  expect(text).toContain('alpha');
  expect(text.match(/<file /g)).toHaveLength(1);
});

test('what does not fit is cut, and both the model and people are told how to get at the rest', () => {
  const long = { id: 'l', name: 'long.txt', text: 'word '.repeat(4_000) };
  const short = { id: 's', name: 'short.txt', text: 'short' };
  const { text, notes, cut } = putTogether([long, short], 1_000);
  expect(cut).toBe(true);
  expect(text).toContain('<file name="short.txt" id="s">\nshort\n</file>');
  const offset = /call files_read with file "l" and offset (\d+)/.exec(text)?.[1];
  expect(text).toContain(`${long.text.slice(0, Number(offset))}\n</file>`);
  expect(Number(offset)).toBeGreaterThan(3_900);
  expect(Number(offset)).toBeLessThanOrEqual(4_000);
  expect(notes).toEqual([
    expect.stringMatching(/^Of “long.txt” the first 3,9\d\d of 20,000 characters/),
  ]);
});

test('files have a share of the window, and no more than a turn should cost', () => {
  expect(roomFor({ provider: 'openai', model: 'gpt-4o' })).toBe(32_000);
  expect(roomFor({ provider: 'openai', model: 'gpt-4.1' })).toBe(60_000);
  expect(roomFor({ provider: 'compatible', model: 'unknown' })).toBe(8_000);
});

const shot = { name: 'shot.png', text: '', bytes: makePng({ width: 40, height: 30 }) };

test('a picture is there to look at, before the words, whatever its name says', async () => {
  const files = { a, shot, odd: { ...shot, name: 'odd.txt' } };
  const given = await readGivenFiles(knowing(files, ['shot', 'a', 'odd']), 'input.files', 'auto');
  expect(given.pictures).toMatchObject([
    { type: 'picture', file: 'shot', name: 'shot.png', width: 40, height: 30 },
    { file: 'odd', name: 'odd.txt', mediaType: 'image/png' },
  ]);
  const { content } = taskMessage('Look', given);
  const [first, , last] = typeof content === 'string' ? [] : content;
  expect(first).toMatchObject({ type: 'picture' });
  expect(last).toMatchObject({
    text: expect.stringMatching(/^Look[\s\S]*alpha[\s\S]*1. "shot.png"/),
  });
  // What is kept of a task names its pictures; their bytes are read at each call.
  expect(JSON.stringify(content).length).toBeLessThan(1_000);
});

test('too many pictures are refused, those of earlier messages left out', async () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`p${at}`, shot]));
  const all = Object.keys(files);
  await expect(readGivenFiles(knowing(files, all), 'input.files', 'auto')).rejects.toMatchObject({
    code: 'too_many_pictures',
  });
  const earlier = all.map((id, at) => (at < 2 ? { id } : { id, earlier: true }));
  const given = await readGivenFiles(knowing(files, earlier), 'input.files', 'auto');
  expect(given.pictures).toHaveLength(10);
  expect(given.notes).toEqual([expect.stringContaining('2 earlier pictures were left out')]);
});

test('a damaged picture is refused by its name', async () => {
  const files = { broken: { name: 'broken.png', text: 'no picture' } };
  const reading = readGivenFiles(knowing(files, 'broken'), 'input.files', 'auto');
  await expect(reading).rejects.toMatchObject({
    ...{ code: 'file_unreadable', message: expect.stringContaining('“broken.png” is no PNG') },
  });
});
