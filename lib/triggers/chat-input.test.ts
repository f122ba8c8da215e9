import { describe, expect, it } from 'vitest';
import { chatInput, chatInputs } from './chat-input';

const field = (name: string, type: 'text' | 'number' | 'json' = 'text', required = false) => ({
  name,
  type,
  required,
  default: '',
});
const unnamed = { message: '', earlier: '' };

describe('the inputs that a chat fills', () => {
  it.each([
    ['nothing is declared', [], unnamed, { message: 'message' }],
    [
      'there is one text',
      [field('question'), field('n', 'number')],
      unnamed,
      { message: 'question' },
    ],
    [
      'one of several is the usual',
      [field('a'), field('message')],
      unnamed,
      { message: 'message' },
    ],
    ['it is named', [field('a'), field('b')], { message: 'b', earlier: '' }, { message: 'b' }],
    [
      'the other text is for what was said',
      [field('a'), field('b')],
      { message: '', earlier: 'a' },
      { message: 'b', earlier: { name: 'a', as: 'text' } },
    ],
    [
      'what was said goes into data',
      [field('a'), field('talk', 'json', true)],
      { message: '', earlier: 'talk' },
      { message: 'a', earlier: { name: 'talk', as: 'list' } },
    ],
    [
      'nothing is declared and both are named',
      [],
      { message: 'q', earlier: 'talk' },
      { message: 'q', earlier: { name: 'talk', as: 'list' } },
    ],
  ])('are found where %s', (_, fields, config, found) => {
    expect(chatInputs(fields, config)).toEqual(found);
  });
  it.each([
    ['several texts', [field('a'), field('b')], unnamed, 'Choose the input'],
    ['no text', [field('n', 'number')], unnamed, 'Choose the input'],
    ['one that is gone', [field('a')], { message: 'b', earlier: '' }, 'no text input “b”'],
    [
      'one that is a number',
      [field('n', 'number')],
      { message: 'n', earlier: '' },
      'no text input',
    ],
    [
      'another that is required',
      [field('a'), field('n', 'number', true)],
      unnamed,
      '“n” is required',
    ],
    [
      'a number for the talk',
      [field('a'), field('n', 'number')],
      { message: '', earlier: 'n' },
      '“n” cannot',
    ],
    ['the same twice', [], { message: 'a', earlier: 'a' }, '“a” cannot'],
  ])('are not found with %s', (_, fields, config, problem) => {
    expect(chatInputs(fields, config)).toEqual({ problem: expect.stringContaining(problem) });
  });
});

describe('the input of a message', () => {
  const history = [
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: '' },
    { role: 'user', content: 'Two?' },
    { role: 'assistant', content: 'Three.' },
  ] as const;
  it('is the text alone, or with what was said before', () => {
    expect(chatInput({ message: 'q' }, 'Four?', history)).toEqual({ q: 'Four?' });
    expect(
      chatInput({ message: 'q', earlier: { name: 't', as: 'list' } }, 'Four?', history),
    ).toEqual({
      q: 'Four?',
      t: [history[0], history[2], history[3]],
    });
    expect(
      chatInput({ message: 'q', earlier: { name: 't', as: 'text' } }, 'Four?', history).t,
    ).toBe('Person: One?\n\nPerson: Two?\n\nAnswer: Three.');
  });
  it('leaves out the oldest of too much', () => {
    const long = Array.from({ length: 200 }, (_, index) => ({
      role: 'user' as const,
      content: `${index} ${'word '.repeat(400)}`,
    }));
    const { t } = chatInput({ message: 'q', earlier: { name: 't', as: 'list' } }, 'x', long);
    const kept = t as { content: string }[];
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(100);
    expect(kept.at(-1)?.content).toMatch(/^199 /);
  });
});
