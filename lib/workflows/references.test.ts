import { expect, it } from 'vitest';
import { evaluate } from '@/lib/expressions/evaluate';
import { parseReferences, renameReferences } from '@/lib/expressions/references';
import { expressionOf, holeOf } from './references';

const odd = { 'a b': 1, 'say "hi"': 2, 'back\\slash': 3, in: 4, 'content-type': 5, '': 6, ä: 7 };
const scope = {
  input: { mail: 'x' },
  steps: { call: { output: { rows: [{ name: 'one' }, { name: 'two' }], odd } } },
  run: {},
};

it('names nested values, places in lists, and keys that are no names', () => {
  expect(expressionOf(['steps', 'call', 'output', 'rows', 1, 'name'])).toBe(
    'steps.call.output.rows[1].name',
  );
  expect(expressionOf(['steps', 'call', 'output', 'odd', 'a b'])).toBe(
    'steps.call.output.odd["a b"]',
  );
  expect(holeOf(expressionOf(['input', 'mail']))).toBe('{{ input.mail }}');
});

it('writes expressions that find the value', () => {
  expect(evaluate(expressionOf(['steps', 'call', 'output', 'rows', 1, 'name']), scope)).toBe('two');
  for (const [key, value] of Object.entries(odd)) {
    expect(evaluate(expressionOf(['steps', 'call', 'output', 'odd', key]), scope)).toBe(value);
  }
});

it('is rewritten when its step is renamed', () => {
  const text = holeOf(expressionOf(['steps', 'call', 'output', 'odd', 'a b']));
  expect(parseReferences(text)).toMatchObject([{ key: 'call' }]);
  expect(renameReferences(text, () => 'fetch')).toBe('{{ steps.fetch.output.odd["a b"] }}');
});

it('is found and rewritten in code, by its looks, and not in comments', () => {
  const source = [
    '// steps.call is left alone',
    'const url = "http://x"; const a = steps.call.output;',
    "const b = steps['call']?.output ?? steps?.call; /* steps.call */",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: JavaScript as people write it
    'return `${steps.call.output} ${other.steps.call}`;',
  ].join('\n');
  expect(parseReferences(source, 'code').map(({ key }) => key)).toEqual(Array(4).fill('call'));
  expect(renameReferences(source, () => 'fetch', 'code')).toBe(
    [
      '// steps.call is left alone',
      'const url = "http://x"; const a = steps.fetch.output;',
      "const b = steps['fetch']?.output ?? steps?.fetch; /* steps.call */",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the same
      'return `${steps.fetch.output} ${other.steps.call}`;',
    ].join('\n'),
  );
});
