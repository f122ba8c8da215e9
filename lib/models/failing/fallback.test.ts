import { expect, test } from 'vitest';
import { type Available, chooseModel } from '../choose';
import type { ModelPolicy } from '../schema';
import { afterHops, fallbackModels, hopOf, spanWords } from './fallback';

const all: readonly Available[] = [
  { provider: 'ollama', models: ['llama', 'qwen'] },
  { provider: 'openai', models: [] },
  { provider: 'anthropic', models: [] },
];
const vendors = all.slice(1);

function chainOf(policy: ModelPolicy, available: readonly Available[]) {
  const first = chooseModel(policy, 'live', available, 1_000);
  if ('refused' in first) throw new Error(first.refused);
  return { first, rest: fallbackModels(first, policy, available, 1_000) };
}
const names = (choices: readonly { provider: string; model: string }[]) =>
  choices.map(({ provider, model }) => `${provider}/${model}`);

test('auto goes on in its own order, and never from this machine to another', () => {
  const near = chainOf('auto', all);
  expect(near.first.model).toBe('llama');
  expect(names(near.rest)).toEqual(['ollama/qwen']);
  const far = chainOf('auto', vendors);
  expect(far.rest).toHaveLength(3);
  expect(names(far.rest)).not.toContain(`${far.first.provider}/${far.first.model}`);
});

test('a named model is followed by those that its policy names and that can be called', () => {
  const policy: ModelPolicy = {
    ...{ provider: 'openai', model: 'gpt-6-sol' },
    fallback: [
      { provider: 'openai', model: 'gpt-6-sol' },
      { provider: 'google', model: 'gemini-3.8-flash' },
      { provider: 'anthropic', model: 'claude-opus-5' },
    ],
  };
  expect(names(chainOf(policy, vendors).rest)).toEqual(['anthropic/claude-opus-5']);
  const { fallback: _, ...alone } = policy;
  expect(chainOf(alone, vendors).rest).toEqual([]);
});

test('what may not leave this machine goes to models on it alone', () => {
  const fallback = [
    { provider: 'openai', model: 'gpt-6-sol' },
    { provider: 'ollama', model: 'qwen' },
  ] as const;
  const policy: ModelPolicy = { provider: 'ollama', model: 'llama', fallback: [...fallback] };
  expect(names(chainOf(policy, all).rest)).toEqual(['openai/gpt-6-sol', 'ollama/qwen']);
  expect(names(chainOf({ ...policy, localOnly: true }, all).rest)).toEqual(['ollama/qwen']);
  const far: ModelPolicy = { provider: 'openai', model: 'gpt-6-sol', localOnly: true };
  expect(chooseModel(far, 'live', all, 1_000)).toHaveProperty('refused');
});

test('the record names each model that was to answer, once, and why it did not', () => {
  const { first, rest } = chainOf('auto', vendors);
  const answered = rest[0];
  if (answered === undefined) throw new Error('no other model');
  const { reason, decision } = afterHops(answered, [hopOf(first, 'rate', { waitMs: 20_000 })]);
  const why = `${first.model} has too many requests and is left alone for 20 s`;
  expect(reason).toBe(`${why}, so ${answered.model} answered.`);
  expect(decision.hops).toMatchObject([{ model: first.model, kind: 'rate', why: `${why}.` }]);
  const listed = names(decision.candidates);
  expect(new Set(listed).size).toBe(listed.length);
  expect(decision.candidates[0]).toEqual({ provider: answered.provider, model: answered.model });
});

test.each([
  [200, '1 s'],
  [119_000, '119 s'],
  [600_000, '10 min'],
  [86_400_000, '24 h'],
])('%i ms are %s', (ms, words) => {
  expect(spanWords(ms)).toBe(words);
});

test('another key of the same model answered: the record names both keys, and the model was taken', () => {
  const { first } = chainOf('auto', vendors);
  const hops = [hopOf(first, 'quota', { key: '' })];
  const { reason, decision } = afterHops(first, hops, 'Team');
  expect(reason).toBe(`${first.model} (first key) has no credit left, so the key “Team” answered.`);
  const mine = decision.candidates.filter(({ model }) => model === first.model);
  expect(mine.map(({ why }) => why)).toEqual([undefined]);
});
