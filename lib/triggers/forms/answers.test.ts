import { expect, test } from 'vitest';
import type { RunInput } from '@/lib/nodes/forms/run-inputs';
import { checkAnswers, formFields } from './answers';
import { formConfigSchema, waitsForRun } from './schema';

const inputOf = (type: RunInput['type'], more: Partial<RunInput> = {}): RunInput => ({
  ...{ name: type, type, required: true, default: '', description: '' },
  ...more,
});
const check = (input: RunInput, answer: unknown) => {
  const [field] = formFields([input]);
  if (!field) throw new Error('no field');
  const checked = checkAnswers([field], answer === undefined ? {} : { [input.name]: answer });
  return checked.ok ? { value: checked.value[input.name] } : checked.problems[input.name];
};

test.each([
  [inputOf('text'), 'Ada', 'Ada'],
  [inputOf('number'), ' 12.5 ', 12.5],
  [inputOf('boolean'), 'false', false],
  [inputOf('choice', { choices: 'S, M , L' }), 'M', 'M'],
  [inputOf('choice', { choices: 'Rome, Italy\nBern, Switzerland' }), 'Rome, Italy', 'Rome, Italy'],
  [inputOf('date'), '2028-02-29', '2028-02-29'],
  [inputOf('email'), ' ada@example.com ', 'ada@example.com'],
  [inputOf('json'), '[1]', [1]],
  [inputOf('text', { required: false }), undefined, null],
  [inputOf('number', { default: '3' }), '', 3],
])('takes %o from %o', (input, answer, value) => {
  expect(check(input, answer)).toEqual({ value });
});

test.each([
  [inputOf('text'), '  ', 'Fill this in.'],
  [inputOf('text'), 'x'.repeat(2_001), 'Use at most 2,000 characters. There are 2,001.'],
  [inputOf('number'), 'many', 'Enter a number.'],
  [inputOf('number'), '12345678901234567890', 'This number has too many digits.'],
  [inputOf('boolean'), undefined, 'Choose yes or no.'],
  [inputOf('choice', { choices: 'S,M' }), 'XL', 'Choose one of the options.'],
  [inputOf('date'), '2027-02-29', 'Enter a date.'],
  [inputOf('email'), 'ada@', 'Enter an email address, such as ada@example.com.'],
  [inputOf('file'), undefined, 'Choose a file.'],
  [inputOf('json'), '{', 'Enter JSON, such as {"a": 1}.'],
  [inputOf('text'), ['a', 'b'], 'Enter a text.'],
])('refuses %o with %o', (input, answer, problem) => {
  expect(check(input, answer)).toBe(problem);
});

test('leaves out what is no field, whatever it is called', () => {
  const fields = formFields([inputOf('text', { name: 'name', label: 'Your name' })]);
  expect(fields[0]?.label).toBe('Your name');
  const answers = JSON.parse('{"name":"Ada","__proto__":{"admin":true},"role":"owner"}');
  expect(checkAnswers(fields, answers)).toEqual({ ok: true, value: { name: 'Ada' } });
});

test('waits for the run where its output is shown, and where the settings say so', () => {
  expect(waitsForRun(formConfigSchema.parse({}))).toBe(false);
  expect(waitsForRun(formConfigSchema.parse({ result: { kind: 'output' } }))).toBe(true);
  expect(waitsForRun(formConfigSchema.parse({ waits: true }))).toBe(true);
  const script = { result: { kind: 'redirect', url: 'javascript:alert(1)' } };
  expect(formConfigSchema.safeParse(script).success).toBe(false);
});
