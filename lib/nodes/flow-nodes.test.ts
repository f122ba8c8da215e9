import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue';
import { type ChildOutcome, StepError, Taken } from './node-type/define-node';
import { portsOf } from './node-type/ports';
import { childOk as ok, runTask as run, waitOf } from './testing/run-task';

describe('router', () => {
  const config = {
    prompt: 'Letter: {{ input.text }}',
    choices: [
      { id: 'r1', label: 'Refund', description: 'They want money back' },
      { id: 'r2', label: '', description: '' },
    ],
  };
  const input = { text: 'Hi' };
  it('tells the ways with what each is for, and takes the one that the model names', async () => {
    const answers = [{ choice: 'r1', reason: 'They say so.' }];
    const { result, asked } = await run('router', config, { input, answers });
    expect(asked[0]?.system).toContain('- r1: Refund. They want money back');
    expect(asked[0]?.messages).toEqual([{ role: 'user', content: 'Letter: Hi' }]);
    expect(asked[0]?.outputSchema).toMatchObject({
      properties: { choice: { enum: ['r1', 'r2'] } },
    });
    expect(result).toBeInstanceOf(Taken);
    expect(result).toMatchObject({
      ports: ['r1'],
      output: { choice: 'r1', label: 'Refund', reason: 'They say so.' },
      reason: 'Refund: They say so.',
    });
    const node = catalogue.router;
    expect(node && portsOf(node, config).map(({ label }) => label)).toEqual(['Refund', 'Option 2']);
  });
  it.each([
    { choice: 'r3', reason: 'x' },
    null,
    new StepError('output_misfit', 'choice: no', { retryable: true }),
  ])('fails for another attempt when it names none %#', async (answer) => {
    await expect(run('router', config, { input, answers: [answer] })).rejects.toMatchObject({
      code: 'no_such_choice',
      retryable: true,
    });
  });
  it('leaves other failures as they are', async () => {
    const answers = [new StepError('no_model', 'no')];
    await expect(run('router', config, { input, answers })).rejects.toMatchObject({
      code: 'no_model',
    });
  });
});

describe('join', () => {
  it('says how many it needs', () => {
    const join = (config: object) => catalogue.join?.join?.(config as never);
    expect(join({ wait: 'all', count: 2, cancelRest: true })).toEqual({ need: 'all' });
    expect(join({ wait: 'any', count: 2, cancelRest: true })).toEqual({
      need: 1,
      cancelRest: true,
    });
    expect(join({ wait: 'count', count: 3, cancelRest: false })).toEqual({ need: 3 });
  });
  it('gives what has arrived, in that order', async () => {
    const { result } = await run('join', { wait: 'any' }, { arrived: ['b', 'a'] });
    expect(result).toEqual({
      count: 2,
      arrived: [
        { step: 'b', output: 2 },
        { step: 'a', output: 1 },
      ],
      outputs: { b: 2, a: 1 },
    });
  });
});

describe('repeat', () => {
  const until = { condition: 'last == 3', start: '1', most: 2 };
  it.each([
    ['until, at first', until, undefined, { last: 1, round: 1 }],
    ['until, not yet', until, 1, { last: 2, round: 2 }],
    [
      'while, at first',
      { mode: 'while', condition: 'round < 1' },
      undefined,
      { last: null, round: 1 },
    ],
  ])('starts a round: %s', async (_, config, done, child) => {
    const memo = done === undefined ? undefined : { round: done };
    const { result } = await run('loop', config, { memo, children: { 1: ok(2) } });
    expect(waitOf(result)).toMatchObject({
      memo: { round: child.round },
      children: { inputs: [child], round: child.round, of: { kind: 'body' } },
    });
  });
  it.each([
    ['until, met', until, ok(3), { last: 3, rounds: 2 }],
    [
      'while, not any more',
      { mode: 'while', condition: 'round < 2' },
      ok(5),
      { last: 5, rounds: 2 },
    ],
    ['at its bound', { ...until, onMost: 'continue' }, ok(2), { last: 2, rounds: 2 }],
  ])('ends: %s', async (_, config, outcomes, output) => {
    const given = { memo: { round: 2 }, children: { 2: outcomes } };
    expect((await run('loop', config, given)).result).toEqual(output);
  });
  it('fails at its bound, with its round, and for a condition that says neither', async () => {
    const given = { memo: { round: 2 }, children: { 2: ok(2) } };
    await expect(run('loop', until, given)).rejects.toMatchObject({ code: 'too_many_rounds' });
    const failed: ChildOutcome[] = [
      { index: 0, ok: false, error: { code: 'x', message: 'It broke.' } },
    ];
    await expect(
      run('loop', until, { memo: { round: 2 }, children: { 2: failed } }),
    ).rejects.toThrow('Iteration 2 failed: It broke.');
    await expect(run('loop', { ...until, condition: '1' }, given)).rejects.toThrow(
      'must be true or false',
    );
  });
});

describe('wait for an event', () => {
  it('waits under the rendered name, for a time or for ever', async () => {
    const config = { event: ' paid/{{ input.id }} ' };
    const input = { id: 7 };
    const { result } = await run('wait-event', config, { input });
    expect(waitOf(result)).toEqual({
      kind: 'message',
      channel: 'paid/7',
      ask: { event: 'paid/7' },
    });
    const timed = await run('wait-event', { ...config, expiresInHours: 1 }, { input });
    expect(waitOf(timed.result)).toMatchObject({
      until: 3_601_000,
      end: { ok: true, ports: ['expired'] },
    });
    const node = catalogue['wait-event'];
    expect(node && portsOf(node, { ...config, expiresInHours: 1 }).map(({ id }) => id)).toEqual([
      'out',
      'expired',
    ]);
  });
  it.each(['{{ "" }}', '{{ input.long }}'])('refuses the name %s', async (event) => {
    const input = { long: 'x'.repeat(201) };
    await expect(run('wait-event', { event }, { input })).rejects.toMatchObject({
      code: 'invalid_event',
    });
  });
});

describe('agents that hand over', () => {
  const agents = ['front', 'law'].map((agent) => ({ id: `id-${agent}`, agent, purpose: agent }));
  const config = { prompt: 'The lease ends when?', agents, mostHops: 1 };
  it('keeps each hop, tells the next one why, and lets the last one answer', async () => {
    const handed = { to: 'id-law', why: 'A lease.', text: 'The tenant asks.' };
    const first = await run('handoff', config, { answers: [handed] });
    const { memo, end } = waitOf(first.result);
    expect(end).toEqual({ ok: 'again' });
    const hop = { from: 'front', to: 'law', why: 'A lease.', context: 'The tenant asks.' };
    expect(memo).toEqual({ at: 'id-law', hops: [hop] });
    const second = await run('handoff', config, { memo, answers: ['In May.'] });
    expect(second.asked[0]?.outputSchema).toBeUndefined();
    expect(second.asked[0]?.messages[0]?.content).toContain('The tenant asks.');
    expect(second.result).toEqual({ text: 'In May.', agent: 'law', hops: [hop] });
    expect(second.notes).toEqual(['front → law.']);
  });
  it('lets the first one answer, and stays with it when it names nobody', async () => {
    for (const to of ['answer', 'nobody']) {
      const answers = [{ to, why: '', text: 'In June.' }];
      const { result } = await run('handoff', config, { answers });
      expect(result).toEqual({ text: 'In June.', agent: 'front', hops: [] });
    }
  });
});
