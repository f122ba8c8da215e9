import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Available, chooseModel } from '../choose';
import { fallbackModels } from '../failing/fallback';
import type { ModelMessage, PicturePart } from '../message';
import { fitMessages } from '../parts/fit';
import { withoutForeign } from '../parts/origin';
import { pairTools } from '../parts/pair-tools';
import { rehearse } from '../rehearsal/rehearsal';
import type { ModelPolicy, ProviderId } from '../schema';
import { estimateRequest, estimateWords } from '../tokens';
import { mostPictureTokens, pictureTokens } from './picture-tokens';
import { seesPictures } from './sight';

const picture = (name: string, width = 640, height = 480): PicturePart => ({
  ...{ type: 'picture', file: name, name, mediaType: 'image/png', width, height, size: 12_000 },
});
const asked = (...pictures: PicturePart[]): ModelMessage[] => [
  { role: 'user', content: [...pictures, { type: 'text', text: 'What is this?' }] },
];

test('an estimate never exceeds the bound that a budget holds, over 2,000 sizes and 8 models', () => {
  const side = fc.integer({ min: 1, max: 8_000 });
  const models: [ProviderId, string][] = [
    ...(['claude-opus-5-5', 'claude-haiku-4-5'] as const).map((model): [ProviderId, string] => [
      'anthropic',
      model,
    ]),
    ...(['gpt-6-sol', 'gpt-4o-mini', 'gpt-4.1-nano'] as const).map(
      (model): [ProviderId, string] => ['openai', model],
    ),
    ...[['google', 'gemini-3.8-flash'] as [ProviderId, string]],
    ...[['compatible', 'qwen-vl'] as [ProviderId, string]],
    ...[['ollama', 'llava'] as [ProviderId, string]],
  ];
  fc.assert(
    fc.property(side, side, fc.constantFrom(...models), (width, height, [provider, model]) => {
      const most = mostPictureTokens(provider, model, { width, height });
      expect(Number.isInteger(most)).toBe(true);
      // Tiny pictures are reckoned with the least that any vendor takes.
      const about = pictureTokens({ width, height });
      if (provider === 'anthropic') expect(most).toBeGreaterThanOrEqual(about - 85);
      expect(about).toBeLessThanOrEqual(3_300);
      // More pixels never have a smaller bound.
      expect(
        mostPictureTokens(provider, model, { width: width + 64, height: height + 64 }) + 20,
      ).toBeGreaterThanOrEqual(provider === 'ollama' ? most : 0);
    }),
    { numRuns: 2_000, seed: 17 },
  );
});

test.each<[ProviderId, string, number, number, number]>([
  // By the vendors' own examples: at least what they say that it costs.
  ['anthropic', 'claude-sonnet-5', 1_092, 1_092, 1_590],
  ['openai', 'gpt-4o', 1_024, 1_024, 765],
  ['openai', 'gpt-4o', 2_048, 4_096, 1_105],
  ['openai', 'gpt-4o-mini', 1_024, 1_024, 25_501],
  ['openai', 'gpt-4.1-mini', 1_024, 1_024, 1_659],
  ['google', 'gemini-2.5-pro', 960, 540, 1_548],
])('%s/%s holds enough for %i × %i', (provider, model, width, height, tokens) => {
  expect(mostPictureTokens(provider, model, { width, height })).toBeGreaterThanOrEqual(tokens);
});

test('pictures count in an estimate, and stay whole where words are cut', () => {
  const messages = asked(picture('a.png', 1_000, 750));
  expect(estimateRequest(undefined, messages) - estimateWords(undefined, messages)).toBe(1_000);
  const long: ModelMessage[] = [
    {
      role: 'user',
      content: [picture('a.png', 1_000, 750), { type: 'text', text: 'long '.repeat(4_000) }],
    },
  ];
  const fitted = fitMessages(long, 1_600);
  expect(fitted.shortened).toBe(true);
  expect(estimateRequest(undefined, fitted.messages)).toBeLessThanOrEqual(1_600);
  expect(JSON.stringify(fitted.messages)).toContain('a.png');
  expect(withoutForeign(pairTools(messages), 'openai', 'gpt-6-sol')).toEqual(messages);
});

const sees = (provider: ProviderId) => (model: string) => seesPictures(provider, model);
const all: Available[] = [
  { provider: 'ollama', models: ['llama3.1', 'gemma3:4b'], sees: sees('ollama') },
  { provider: 'openai', models: [], sees: sees('openai') },
];
const only = (provider: ProviderId, models: string[] = []): Available[] => [
  { provider, models, sees: sees(provider) },
];

test.each<[ModelPolicy, Available[], string | RegExp]>([
  ['auto', all, 'gemma3:4b'],
  ['auto', only('openai'), 'gpt-6-luna'],
  ['auto', only('ollama', ['llama3.1']), /no model here is known to see/],
  [{ mode: 'best', localOnly: true }, only('ollama', ['llama3.1']), /no model here is known/],
  ['auto', [], 'scripted'],
  [{ provider: 'openai', model: 'gpt-4o' }, all, 'gpt-4o'],
  [{ provider: 'openai', model: 'gpt-3.5-turbo' }, all, /gpt-3.5-turbo cannot see pictures/],
  [
    {
      ...{ provider: 'openai', model: 'gpt-3.5-turbo' },
      fallback: [{ provider: 'openai', model: 'gpt-4o' }],
    },
    all,
    'gpt-4o',
  ],
  // A server of unknown make knows best what its models see.
  [{ provider: 'compatible', model: 'house-7b' }, only('compatible'), 'house-7b'],
])('under %j a picture goes to a model that sees: %#', (policy, available, wanted) => {
  const choice = chooseModel(policy, 'live', available, 1_000);
  const said = 'refused' in choice ? choice.refused : choice.model;
  if (typeof wanted === 'string' && wanted !== 'scripted') expect(said).toBe(wanted);
  else if (typeof wanted === 'string') expect(choice).toMatchObject({ provider: 'rehearsal' });
  else expect(said).toMatch(wanted);
});

test('a model that cannot see follows none that fails', () => {
  const policy: ModelPolicy = {
    ...{ provider: 'openai', model: 'gpt-4o' },
    fallback: [
      { provider: 'openai', model: 'gpt-3.5-turbo' },
      { provider: 'openai', model: 'gpt-5' },
    ],
  };
  const others = fallbackModels({ provider: 'openai', model: 'gpt-4o' }, policy, all, 1_000);
  expect(others.map(({ model }) => model)).toEqual(['gpt-5']);
});

test('the scripted model says what it would have seen', () => {
  const said = rehearse({ messages: asked(picture('chart.png'), picture('b_[x](y).png')) });
  expect(said).toContain('**chart.png**: PNG, 640 × 480 pixels, 12 KB');
  expect(said).toContain('these 2 pictures');
  expect(said).not.toContain('[x]');
});
