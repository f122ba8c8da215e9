import { expect, test } from 'vitest';
import { knownModels, modelInfo } from './catalogue';
import { chooseModel } from './choose';

const openai = { provider: 'openai', models: [] } as const;
const anthropic = { provider: 'anthropic', models: [] } as const;
const ollama = { provider: 'ollama', models: ['nomic-embed-text', 'llama3.2'] } as const;

test('a rehearsal asks no model, whatever the policy says', () => {
  const policy = { provider: 'openai', model: 'gpt-5.5' } as const;
  expect(chooseModel(policy, 'rehearsal', [openai], 10)).toMatchObject({ provider: 'rehearsal' });
});

test('an explicit policy is followed or refused, never replaced', () => {
  const policy = { provider: 'openai', model: 'gpt-5.5' } as const;
  expect(chooseModel(policy, 'live', [ollama, openai], 10)).toMatchObject(policy);
  expect(chooseModel(policy, 'live', [ollama, anthropic], 10)).toMatchObject({
    refused: expect.stringMatching(/OpenAI has no key/),
  });
  expect(chooseModel({ provider: 'ollama', model: 'x' }, 'live', [], 10)).toMatchObject({
    refused: expect.stringMatching(/Ollama was not found/),
  });
});

test('auto takes a model on this machine first, and one that talks', () => {
  expect(chooseModel('auto', 'live', [openai, ollama], 10)).toMatchObject({
    provider: 'ollama',
    model: 'llama3.2',
  });
  const onlyEmbeds = { provider: 'ollama', models: ['nomic-embed-text'] } as const;
  expect(chooseModel('auto', 'live', [onlyEmbeds, openai], 10)).toMatchObject({
    provider: 'openai',
  });
});

test('auto then takes the cheapest able model with a key', () => {
  const choice = chooseModel('auto', 'live', [openai], 10);
  expect(choice).toMatchObject({ provider: 'openai', model: 'gpt-6-luna' });
  const cost = (id: string) => {
    const price = modelInfo('openai', id)?.price;
    return price ? 3 * price.input + price.output : Infinity;
  };
  for (const model of knownModels) {
    if (model.provider === 'openai' && model.able) {
      expect(cost(model.id)).toBeGreaterThanOrEqual(cost('gpt-6-luna'));
    }
  }
});

test('auto passes over models without room for the request', () => {
  const small = chooseModel(
    'auto',
    'live',
    [{ provider: 'anthropic', models: ['claude-haiku-4-5', 'claude-opus-5-5'] }],
    500_000,
  );
  expect(small).toMatchObject({ model: 'claude-opus-5-5' });
});

test('auto falls back to what a compatible server offers, then to the rehearsal', () => {
  expect(
    chooseModel('auto', 'live', [{ provider: 'compatible', models: ['qwen'] }], 10),
  ).toMatchObject({ provider: 'compatible', model: 'qwen' });
  expect(chooseModel('auto', 'live', [], 10)).toMatchObject({
    provider: 'rehearsal',
    reason: expect.stringMatching(/No provider has a key/),
  });
});

test('every choice says why', () => {
  for (const available of [[], [openai], [ollama]]) {
    expect(chooseModel('auto', 'live', available, 10)).toHaveProperty('reason');
  }
});
