import { describe, expect, it } from 'vitest';
import type { Candidate, Team } from '@/lib/agents/assignment/assign';
import { at } from '@/lib/values/unknown';
import { childOk, runTask, waitOf } from '../testing/run-task';

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
    await expect(runTask('agent', config, { team, memo, children })).rejects.toMatchObject({
      code: 'assignment_failed',
      message: expect.stringContaining('Send an email'),
    });
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
