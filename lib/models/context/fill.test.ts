import { expect, test } from 'vitest';
import type { ModelMessage } from '../message';
import { fitMessages } from '../parts/fit';
import { seeded } from '../seed';
import { estimateRequest, estimateTokens } from '../tokens';
import { filesHead } from './files-head';
import { contextFill } from './fill';
import { contextFillSchema } from './schema';

const fillOf = (asked: ModelMessage[], room: number, more: { system?: string } = {}) => {
  const fitted = fitMessages(asked, room);
  const request = { messages: fitted.messages, ...more };
  return { fitted, fill: contextFill({ request, asked, fitted, window: 8_000, answer: 1_000 }) };
};
const say = (role: ModelMessage['role'], content: string): ModelMessage => ({ role, content });

test('tells instructions, history, files and the request apart', () => {
  const file = `${filesHead}\n\n<file name="a">\n${'word '.repeat(200)}\n</file>`;
  const { fill } = fillOf(
    [say('user', 'Hello.'), say('assistant', 'Hi.'), say('user', `Sum it up.\n\n${file}`)],
    10_000,
    { system: 'Be short.' },
  );
  const { parts } = fill;
  expect(parts.retrieved).toBe(estimateTokens(file));
  expect(parts.instructions).toBe(4 + estimateTokens('Be short.'));
  expect(parts.history).toBe(8 + estimateTokens('Hello.') + estimateTokens('Hi.'));
  expect(parts.request).toBeLessThan(16);
  expect(fill).not.toHaveProperty('left');
});

test('tells what tools gave apart by what they are for', () => {
  const result = (id: string, name: string, text: string): ModelMessage => ({
    role: 'user',
    content: [{ type: 'tool-result', id, name, text }],
  });
  const ask = (id: string, name: string): ModelMessage => ({
    role: 'assistant',
    content: [{ type: 'tool-call', id, name, args: {} }],
  });
  const long = 'fact '.repeat(100);
  const { fill } = fillOf(
    [
      ...[say('user', 'What do we know?'), ask('1', 'memory_recall')],
      ...[result('1', 'memory_recall', long), ask('2', 'files_read')],
      ...[result('2', 'files_read', long), ask('3', 'calculate'), result('3', 'calculate', long)],
    ],
    10_000,
  );
  const each = estimateTokens(long);
  expect(fill.parts).toMatchObject({ memory: each, retrieved: each });
  expect(fill.parts.results).toBeGreaterThan(each);
});

test('its parts are all that is sent, and what is left out is named, for any talk', () => {
  const random = seeded(25);
  let [n, cut] = [0, 0];
  for (; n < 2_000; n += 1) {
    const asked: ModelMessage[] = [];
    const turns = 1 + Math.floor(random() * 12);
    for (let turn = 0; turn < turns; turn += 1) {
      asked.push(say('user', 'q'.repeat(Math.floor(random() * 800))));
      for (let call = 0; call < Math.floor(random() * 3); call += 1) {
        const id = `${turn}-${call}`;
        const name = ['memory_recall', 'files_read', 'calculate'][call] ?? 'x';
        const text = 'r'.repeat(Math.floor(random() * 900));
        asked.push(
          { role: 'assistant', content: [{ type: 'tool-call', id, name, args: {} }] },
          { role: 'user', content: [{ type: 'tool-result', id, name, text }] },
        );
      }
      if (turn < turns - 1) asked.push(say('assistant', 'a'.repeat(Math.floor(random() * 800))));
    }
    const { fill, fitted } = fillOf(asked, 50 + Math.floor(random() * 2_500));
    contextFillSchema.parse(fill);
    const sum = Object.values(fill.parts).reduce((total, tokens) => total + tokens, 0);
    expect(sum).toBe(estimateRequest(undefined, fitted.messages));
    const named = (fill.left?.length ?? 0) + (fill.more ?? 0);
    expect(named).toBe(fitted.dropped);
    expect((fill.shortened ?? 0) > 0 || !fitted.shortened).toBe(true);
    if (fitted.dropped > 0 || fitted.shortened) cut += 1;
  }
  process.stdout.write(
    `${n} talks, ${cut} of them cut: all parts add up, all that was left out is named\n`,
  );
});
