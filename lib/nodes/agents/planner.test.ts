import { describe, expect, it } from 'vitest';
import { childOk, runTask, waitOf } from '../testing/run-task';
import { type PlannedStep, planOf } from './planner-plan';
import { foundText } from './planner-talk';

const step = (id: string, more: Partial<PlannedStep> = {}): PlannedStep => ({
  id,
  name: id,
  type: 'model',
  agent: '',
  instruction: 'Do it.',
  after: [],
  ...more,
});
const background = { goal: 'Save {{ money }}', found: '' };
const bounds = { steps: 3, http: false, name: 'Plan 1' };
const problems = (...steps: PlannedStep[]) => {
  const made = planOf(steps, background, bounds);
  return 'problems' in made ? made.problems.join(' ') : '';
};

describe('a generated plan', () => {
  it('becomes a plan whose steps know the goal and what they build on', () => {
    const made = planOf(
      [
        step('facts'),
        step('large', {
          type: 'switch',
          instruction: 'size(steps.facts.output.text) > 10',
          after: ['facts'],
        }),
        step('sum', { type: 'agent', agent: 'writer', after: ['large:yes', 'facts'] }),
      ],
      background,
      bounds,
    );
    if ('problems' in made) throw new Error(made.problems.join());
    expect(made.plan.outputs).toEqual(['facts', 'large', 'sum']);
    const [facts, , sum] = made.plan.steps;
    expect(facts?.config.prompt).toBe('Do it.\n\nAll of this serves one goal:\nSave \\{{ money }}');
    expect(sum?.config).toMatchObject({ agent: 'writer' });
    expect(sum?.config.prompt).toContain(
      'Result of “facts”:\n{{ has(steps.facts.output) ? steps.facts.output.text : "It was skipped." }}',
    );
    expect(sum?.incoming).toEqual([
      { from: 'large', port: 'yes' },
      { from: 'facts', port: 'out' },
    ]);
  });
  it.each([
    ['nothing', [], 'The plan has no steps.'],
    ['too many', ['a', 'b', 'c', 'd'].map((id) => step(id)), 'At most 3 steps are allowed.'],
    ['a bad id', [step('A b')], 'A b: '],
    ['the same id twice', [step('a'), step('a')], 'have the same id "a"'],
    ['what is not there', [step('a', { after: ['b'] })], 'An edge names the step "b"'],
    ['a way that is not there', [step('a'), step('b', { after: ['a:no'] })], 'has no output "no"'],
    ['a circle', [step('a', { after: ['b'] }), step('b', { after: ['a'] })], 'form a cycle'],
    [
      'an address',
      [step('a', { type: 'http', instruction: 'https://x.test' })],
      'http is not allowed',
    ],
    ['a broken expression', [step('a', { type: 'transform', instruction: '1 +' })], 'a: '],
    [
      'steps around it',
      [step('a', { instruction: '{{ steps.secret.output }}' })],
      'There is no step "secret"',
    ],
  ])('is refused with %s', (_, steps, message) => {
    expect(problems(...steps)).toContain(message);
  });
});

describe('plan and act', () => {
  const reply = (steps: PlannedStep[]) => ({ done: false, text: '', why: 'Facts first.', steps });
  const done = { done: true, text: 'Sell the boat.', why: '', steps: [] };
  const config = {
    goal: 'Save money',
    rounds: 2,
    agents: [{ id: 'w', agent: 'writer', purpose: 'texts' }],
  };
  const memo = { plan: [{ why: 'Facts first.', steps: [step('facts')] }] };

  it('says why a plan is refused, and runs the next one as a run of its own', async () => {
    const answers = [reply([step('a', { after: ['b'] })]), reply([step('facts')])];
    const { result, asked } = await runTask('planner', config, { answers });
    expect(asked[0]?.system).toContain('- writer: texts');
    expect(asked[1]?.messages[0]?.content).toContain('refused:\n- An edge names the step "b"');
    expect(waitOf(result)).toMatchObject({
      memo,
      ask: memo,
      children: { round: 1, inputs: [{}], of: { kind: 'plan', plan: { name: 'Plan 1' } } },
    });
    const refused = [reply([]), reply([])];
    await expect(runTask('planner', config, { answers: refused })).rejects.toMatchObject({
      code: 'invalid_plan',
      retryable: true,
    });
  });
  it('answers from the results, or plans what is left', async () => {
    const children = { 1: childOk({ text: 'The boat costs 900.' }) };
    const first = await runTask('planner', config, { memo, children, answers: [done] });
    expect(first.asked[0]?.messages[0]?.content).toContain('facts (facts):\nThe boat costs 900.');
    expect(first.result).toEqual({
      text: 'Sell the boat.',
      plan: memo.plan,
      results: [{ facts: { text: 'The boat costs 900.' } }],
    });
    const more = await runTask('planner', config, {
      memo,
      children,
      answers: [reply([step('b')])],
    });
    const { memo: next, children: started } = waitOf(more.result);
    expect(next).toMatchObject({ plan: [{}, { steps: [{ id: 'b' }] }] });
    expect(JSON.stringify(started)).toContain('The boat costs 900.');
  });
  it('is told how a plan failed, and must answer after its last one', async () => {
    const error = { code: 'x', message: 'No paper.' };
    const failed = [{ index: 0, ok: false as const, error }];
    const children = { 1: failed, 2: childOk('12') };
    const again = { plan: [...memo.plan, { why: '', steps: [step('b')] }] };
    const { result, asked } = await runTask('planner', config, {
      memo: again,
      children,
      answers: ['I do not know.'],
    });
    expect(asked[0]?.outputSchema).toBeUndefined();
    expect(asked[0]?.messages[0]?.content).toContain('did not end well: No paper.');
    expect(result).toMatchObject({ text: 'I do not know.', results: [{}, { b: '12' }] });
  });
  it('keeps what the finished steps of a failed plan found, for the answer and for what is planned next', async () => {
    const steps = [step('facts'), step('sum'), step('draft', { after: ['facts', 'sum'] })];
    const failed = {
      index: 0,
      ok: false as const,
      error: { code: 'x', message: 'No paper.' },
      results: { facts: { text: 'The boat costs 900.' } },
    };
    const given = { memo: { plan: [{ why: '', steps }] }, children: { 1: [failed] } };
    const again = await runTask('planner', config, { ...given, answers: [reply([step('b')])] });
    const told = again.asked[0]?.messages[0]?.content;
    expect(told).toContain('facts (facts):\nThe boat costs 900.');
    expect(told).toContain('No paper.\nNot done: sum (sum), draft (draft)');
    expect(JSON.stringify(waitOf(again.result).children)).toContain('The boat costs 900.');
    const { result } = await runTask('planner', config, { ...given, answers: [done] });
    expect(result).toMatchObject({ results: [failed.results] });
  });
  it('tells of every result, however much there is', async () => {
    const steps = Array.from({ length: 20 }, (_, index) => step(`s${index}`));
    const text = 'long '.repeat(5_000);
    const round = {
      steps,
      outcome: {
        index: 0,
        ok: false as const,
        error: { code: 'x', message: 'No.' },
        results: Object.fromEntries(steps.map(({ id }) => [id, { text }])),
      },
    };
    for (const rounds of [[round], [round, round, round, round, round]]) {
      const found = foundText(rounds, 30_000);
      expect(found.length).toBeLessThanOrEqual(30_000);
      expect(found.split('s19 (s19):')).toHaveLength(rounds.length + 1);
    }
  });
  it('has the same plan in every rehearsal, and asks no model for it', async () => {
    const { result, asked } = await runTask(
      'planner',
      { ...config, steps: 2 },
      { mode: 'rehearsal' },
    );
    expect(asked).toEqual([]);
    expect(waitOf(result).memo).toMatchObject({
      plan: [{ steps: [{ id: 'facts' }, { id: 'risks' }] }],
    });
  });
});
