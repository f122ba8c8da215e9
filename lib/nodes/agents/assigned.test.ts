import { describe, expect, it } from 'vitest';
import type { Candidate, Team } from '@/lib/agents/assignment/assign';
import { at } from '@/lib/values/unknown';
import { approvalAskSchema } from '../forms/approval-ask';
import { childOk, runTask, waitOf } from '../testing/run-task';
import { answerTask, personAsk } from './ask-person';

const someone = (handle: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ handle, name: handle, skills: ['review'], tools: [], grants: 0, local: false },
  ...{ status: 'idle', running: 0, capacity: 3, done: 0, failed: 0 },
  ...more,
});
const teamOf = (agents: Candidate[], acted: string[] = []): Team => ({ agents, not: [], acted });
const config = {
  who: 'fits',
  prompt: 'Do {{ steps.a.output }}.',
  skills: [{ id: 'a', name: 'review' }],
};
const broke = (code: string) => [
  { index: 0, ok: false as const, error: { code, message: 'It broke.' } },
];
const takenIn = (memo: unknown, index: number) => at(memo, 'tries', index, 'assignment', 'taken');

describe('a step for whoever fits', () => {
  it('gives the task on as it was rendered, with the strictest limits', async () => {
    const chosen = someone('ada', { budgetUsd: 2 });
    const { result } = await runTask(
      'agent',
      { ...config, maxUsd: 5, maxMinutes: 10 },
      {
        team: teamOf([chosen]),
      },
    );
    const { children, memo } = waitOf(result);
    expect(takenIn(memo, 0)).toBe('ada');
    expect(children).toMatchObject({ inputs: [{ task: 'Do 1.' }], round: 0 });
    expect(children?.of).toMatchObject({
      ...{ kind: 'plan', alone: true },
      plan: {
        timeoutMs: 600_000,
        steps: [{ config: { agent: 'ada', ifAway: 'fail', budgetUsd: 2 } }],
      },
    });
  });

  it('an agent that was away costs no try, and one that failed gets it no more', async () => {
    const team = teamOf([someone('ada'), someone('bob')]);
    const first = waitOf((await runTask('agent', config, { team })).result);
    const gone = String(takenIn(first.memo, 0));
    const rest = teamOf(team.agents.filter(({ handle }) => handle !== gone));
    const children = { 0: broke('agent_away') };
    const second = waitOf(
      (await runTask('agent', config, { team: rest, memo: first.memo, children })).result,
    );
    expect(second.children).toMatchObject({ round: 1 });
    expect(takenIn(second.memo, 1)).not.toBe(gone);
    // Back again, it may have it when the other one fails.
    const third = waitOf(
      (
        await runTask('agent', config, {
          ...{ team, memo: second.memo },
          children: { 1: broke('agent_stopped') },
        })
      ).result,
    );
    expect(takenIn(third.memo, 2)).toBe(gone);
  });

  it('nobody begins again what cannot be taken back', async () => {
    const team = teamOf([someone('ada'), someone('bob')], ['Send an email']);
    const { memo } = waitOf((await runTask('agent', config, { team })).result);
    const children = { 0: broke('agent_stopped') };
    // The failure is in the journal before the step fails.
    const failing = waitOf((await runTask('agent', config, { team, memo, children })).result);
    expect(failing).toMatchObject({ kind: 'timer', end: { ok: 'again' } });
    expect(at(failing.memo, 'shown', 'tries', 0)).toMatchObject({
      failed: { code: 'agent_stopped' },
      remedy: expect.stringContaining('Send an email'),
    });
    await expect(runTask('agent', config, { team, memo: failing.memo })).rejects.toMatchObject({
      code: 'assignment_failed',
      message: expect.stringContaining('Send an email'),
    });
  });

  it('all who try it share what it may cost', async () => {
    const team = teamOf([someone('ada'), someone('bob')]);
    const capped = { ...config, maxUsd: 1, budgetUsd: 2 };
    const { memo } = waitOf((await runTask('agent', capped, { team })).result);
    const children = { 0: broke('agent_stopped') };
    const next = (spentUsd: number) => runTask('agent', capped, { team, memo, children, spentUsd });
    const second = waitOf((await next(0.75)).result);
    expect(JSON.stringify(second.children?.of)).toContain('"budgetUsd":0.25');
    const spent = waitOf((await next(1)).result);
    expect(spent.kind).toBe('timer');
    expect(at(spent.memo, 'ended')).toContain('is spent');
  });

  it.each([
    ['model_refused', true],
    ['agent_stopped', true],
    ['file_unreadable', true],
    ['budget_exceeded', false],
    ['forbidden', false],
    ['outcome_unknown', false],
    ['cancelled', false],
    ['run_timed_out', false],
  ])('after %s a person is asked: %s', async (code, asks) => {
    const team = teamOf([someone('ada')]);
    const asking = { ...config, ifNobody: 'ask' };
    const { memo } = waitOf((await runTask('agent', asking, { team })).result);
    const children = { 0: broke(code) };
    const wait = waitOf((await runTask('agent', asking, { team, memo, children })).result);
    expect(wait.kind).toBe(asks ? 'person' : 'timer');
    const rehearsed = { team, memo, children, mode: 'rehearsal' as const };
    expect(waitOf((await runTask('agent', asking, rehearsed)).result).kind).toBe('timer');
  });

  it('what a person says is done: an answer, other tries with a clean slate, or the failure', async () => {
    const team = teamOf([someone('ada')]);
    const asking = { ...config, ifNobody: 'ask' };
    const { memo } = waitOf((await runTask('agent', asking, { team })).result);
    const children = { 0: broke('agent_stopped') };
    const { ask, memo: asked } = waitOf(
      (await runTask('agent', asking, { team, memo, children })).result,
    );
    expect(approvalAskSchema.parse(ask)).toMatchObject({
      question: 'No agent could do this task (review). What now?',
      details: expect.stringMatching(/> Do 1\.[\s\S]*\*\*@ada\*\*: It broke/),
    });
    const say = async (resumed: unknown) =>
      runTask('agent', asking, { team, memo: asked, resumed });
    const { result, notes } = await say({ do: 'answer', by: 'Ana', text: 'Here.' });
    expect(result).toMatchObject({ text: 'Here.', by: 'Ana', agent: '' });
    expect(notes.join()).toContain('Ana answered');
    await expect(say({ do: 'fail', by: 'Ana', comment: 'Never mind' })).rejects.toThrow(
      'Ana let it fail: Never mind',
    );
    await expect(say('something else')).rejects.toThrow('Nobody said what to do');
    // The one that failed may have it again: somebody may have changed it meanwhile.
    const again = waitOf((await say({ do: 'again', by: 'Ana' })).result);
    expect(again.children).toMatchObject({ round: 1 });
    expect(takenIn(again.memo, 1)).toBe('ada');
  });

  it('takes an answer of who may decide, and of a shape nobody types', () => {
    const failed = { task: 'Do *it*.\n# Now', tries: [], why: 'It broke.' };
    const needs = { skills: ['review'], tools: [], privacy: 'any' as const };
    const ask = personAsk({ ...failed, needs, shaped: false });
    expect(ask.details).toContain('> Do \\*it\\*.\n> \\# Now');
    const by = { name: 'Ana', role: 'editor' as const, email: 'ana@example.com' };
    const value = (values: object, decision = 'approved') => ({ decision, values });
    const own = { next: 'Answer it myself', answer: ' Yes. ' };
    expect(answerTask(ask, { by, value: value(own) })).toEqual({
      ok: 'again',
      value: { do: 'answer', by: 'Ana', text: 'Yes.' },
    });
    const refused = (given: unknown, who = by, of: unknown = ask) =>
      expect(() => answerTask(of, { by: who, value: given }));
    refused(value({ next: 'Answer it myself', answer: ' ' })).toThrow('Write the answer');
    refused(value({ next: 'Something' })).toThrow('Choose one');
    refused({ decision: 'maybe' }).toThrow('Choose what happens');
    refused(value(own), { ...by, role: 'commenter' as never }).toThrow('may decide');
    refused(value(own), by, { kind: 'tool' }).toThrow('tools are approved');
    refused(value(own), by, personAsk({ ...failed, needs, shaped: true })).toThrow('Choose one');
  });

  it('tells the same agent what was wrong with its answer', async () => {
    const team = teamOf([someone('ada')]);
    const { memo } = waitOf((await runTask('agent', config, { team })).result);
    const children = { 0: broke('output_misfit') };
    const again = waitOf((await runTask('agent', config, { team, memo, children })).result);
    expect(JSON.stringify(again.children?.inputs)).toContain('refused before: It broke.');
  });

  it('gives out what the agent gave, and says why that one', async () => {
    const team = teamOf([someone('ada')]);
    const { memo } = waitOf((await runTask('agent', config, { team })).result);
    const children = { 0: childOk({ text: 'Fine.', agent: 'ada' }) };
    const { result, notes } = await runTask('agent', config, { team, memo, children });
    expect(result).toEqual({ text: 'Fine.', agent: 'ada' });
    expect(notes.join(' ')).toContain('ada is the only agent that fits');
  });

  it('waits, and looks less and less often, where nobody fits', async () => {
    const team = teamOf([someone('ada', { skills: [] })]);
    let memo: unknown;
    const untils: number[] = [];
    for (let look = 0; look < 5; look += 1) {
      const wait = waitOf((await runTask('agent', config, { team, memo })).result);
      expect(wait).toMatchObject({
        kind: 'message',
        channel: 'agents/changed',
        end: { ok: 'again' },
      });
      untils.push(Number(wait.until) - 1_000);
      memo = wait.memo;
    }
    expect(untils).toEqual([2_000, 30_000, 60_000, 300_000, 300_000]);
  });
});
