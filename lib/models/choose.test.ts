import { describe, expect, test } from 'vitest';
import { knownModels, modelInfo } from './catalogue';
import { chooseModel } from './choose';
import { fallbackModels } from './failing/fallback';
import type { Speeds } from './modes';
import { type ModelMode, type ModelPolicy, modelModes } from './schema';

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

describe('a rule', () => {
  const google = { provider: 'google', models: [] } as const;
  const all = [openai, anthropic, google, ollama];
  const taken = (mode: ModelMode, given = all, speeds?: Speeds) => {
    const choice = chooseModel({ mode }, 'live', given, 10, speeds);
    if ('refused' in choice) throw new Error(choice.refused);
    return choice;
  };
  const price = (provider: string, model: string) => {
    const known = knownModels.find(
      (each) => each.provider === provider && each.id === model,
    )?.price;
    return known === undefined ? 0 : known.input * 3 + known.output;
  };

  test('takes the cheapest, which is one on this machine', () => {
    expect(taken('cheapest')).toMatchObject({ provider: 'ollama', model: 'llama3.2' });
    expect(taken('cheapest', [openai, google])).toMatchObject({ model: 'gpt-6-luna' });
  });

  test('takes the one with the highest list price as the best, and one without a price last', () => {
    const best = taken('best');
    const able = knownModels.filter((model) => model.able && model.price !== undefined);
    expect(price(best.provider, best.model)).toBe(
      Math.max(...able.map(({ provider, id }) => price(provider, id))),
    );
    expect(best.reason).toContain('strongest');
    expect(taken('best', [ollama])).toMatchObject({ model: 'llama3.2' });
  });

  test('takes the one in the middle of the prices', () => {
    const { provider, model, decision } = taken('balanced');
    const prices = [...decision.candidates]
      .filter(({ why }) => why === undefined || why.includes('middle'))
      .map((each) => price(each.provider, each.model))
      .filter((each) => each > 0);
    const below = prices.filter((each) => each < price(provider, model)).length;
    const above = prices.filter((each) => each > price(provider, model)).length;
    expect(Math.abs(below - above)).toBeLessThanOrEqual(prices.length / 2);
    expect(below).toBeGreaterThan(0);
    expect(above).toBeGreaterThan(0);
  });

  test('takes the one that was fastest here, and says how fast the others were', () => {
    const speeds: Speeds = new Map([
      ['google gemini-3.8-flash', 190.4],
      ['openai gpt-6-luna', 80],
    ]);
    const fastest = taken('fastest', all, speeds);
    expect(fastest).toMatchObject({ provider: 'google', model: 'gemini-3.8-flash' });
    expect(fastest.reason).toContain('190 tokens a second');
    const luna = fastest.decision.candidates.find(({ model }) => model === 'gpt-6-luna');
    expect(luna?.why).toBe('It was slower: 80 tokens a second.');
    expect(taken('fastest').reason).toContain('No speed was measured');
  });

  test('stays on this machine where nothing may leave it, or refuses', () => {
    const policy = { mode: 'best', localOnly: true } as const;
    const near = chooseModel(policy, 'live', all, 10);
    expect(near).toMatchObject({ provider: 'ollama' });
    expect('decision' in near && near.decision.candidates).toContainEqual(
      expect.objectContaining({ provider: 'openai', why: expect.stringContaining('this machine') }),
    );
    expect(chooseModel(policy, 'live', [openai], 10)).toMatchObject({
      refused: expect.stringContaining('this machine'),
    });
    expect(fallbackModels({ provider: 'ollama', model: 'llama3.2' }, policy, all, 10)).toEqual([]);
  });

  test('gives way to the next of its order, and to the test model where there is none', () => {
    const first = taken('best');
    const others = fallbackModels(first, { mode: 'best' }, all, 10);
    expect(others.length).toBeGreaterThan(1);
    expect(price(others[0]?.provider ?? 'ollama', others[0]?.model ?? '')).toBeGreaterThan(
      price(others.at(-1)?.provider ?? 'ollama', others.at(-1)?.model ?? '') - 0.001,
    );
    expect(taken('cheapest', [])).toMatchObject({ provider: 'rehearsal' });
  });

  test('never takes a model that the request does not fit', () => {
    for (const mode of modelModes) {
      const { provider, model } = chooseOrThrow({ mode }, 300_000);
      expect(modelInfo(provider, model)?.contextTokens).toBeGreaterThan(300_000);
    }
  });

  const chooseOrThrow = (policy: ModelPolicy, tokens: number) => {
    const choice = chooseModel(policy, 'live', [openai, anthropic, google], tokens);
    if ('refused' in choice) throw new Error(choice.refused);
    return choice;
  };
});
