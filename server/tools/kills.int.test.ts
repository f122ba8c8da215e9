// @module-tag long
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { answerApproval } from './approvals/answer-approval';
import { waitingCalls } from './approvals/waiting-store';
import { Killed, killAt } from './testing/kill-at';
import { openWorld, type World } from './testing/task-world';

let services: Services;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services.close());

const post = (path: string) => ({
  name: 'http_request',
  args: { method: 'POST', url: `https://shop.example/${path}` },
});
const given = {
  grants: [
    { name: 'http_request', approval: 'never' as const },
    { name: 'calculate', approval: 'policy' as const },
  ],
  turns: [
    [{ name: 'calculate', args: { expression: '1 + 1' } }],
    [post('orders'), post('mails')],
    [{ name: 'calculate', args: { expression: '2 + 2' } }],
    'All done.',
  ],
};

/** Makes attempts until the step ends; a person says of what is unknown that it happened. */
async function toTheEnd(world: World, from: number) {
  for (let number = from; number < from + 6; number += 1) {
    const outcome = await world.attempt(number);
    if (outcome.ok !== 'wait') return outcome;
    for (const { id } of await waitingCalls(services.pool, world.workspaceId, world.runId)) {
      await answerApproval(
        services,
        {
          userId: world.userId,
          workspaceId: world.workspaceId,
          name: 'Ada',
          email: '',
          role: 'editor',
        },
        { params: { id }, query: {}, body: { do: 'happened', result: 'It is there.' } },
      );
    }
  }
  throw new Error('it never ended');
}

/** Every how manieth moment is tried. */
const step = Number(process.env.ENSEMBLE_KILL_STEP ?? 3);

it('pays for no finished turn again and does nothing twice, wherever the process is killed', async () => {
  const whole = killAt(Number.POSITIVE_INFINITY);
  const first = await openWorld(services, given);
  expect(await first.attempt(1, whole.gate)).toMatchObject({
    ok: true,
    output: { text: 'All done.' },
  });
  expect(first.sent.map(({ url }) => url)).toEqual([
    'https://shop.example/orders',
    'https://shop.example/mails',
  ]);
  const moments = whole.points.length;
  expect(moments).toBeGreaterThan(40);
  let unknown = 0;
  for (let moment = 0; moment < moments; moment += step) {
    const world = await openWorld(services, given);
    const { gate, dead, points } = killAt(moment);
    const end = await Promise.race([world.attempt(1, gate), dead]).catch((error: unknown) => error);
    expect(end).toBeInstanceOf(Killed);
    const where = `killed at ${points.at(-1)} (${moment})`;
    const { rows } = await services.pool.query<{ turns: number[] }>(
      'select array_agg(turn) as turns from agent_turn where run_id = $1 and turn > 0',
      [world.runId],
    );
    const finished = rows[0]?.turns ?? [];
    const before = new Map(world.asked);
    const sentBefore = world.sent.length;
    expect(await toTheEnd(world, 2), where).toMatchObject({
      ok: true,
      output: { text: 'All done.' },
    });
    for (const turn of finished) expect(world.asked.get(turn), where).toBe(before.get(turn));
    for (const path of ['orders', 'mails']) {
      const count = world.sent.filter(({ url }) => url.endsWith(path)).length;
      expect(count, `${path}, ${where}`).toBeLessThanOrEqual(1);
      if (count === 0) unknown += 1;
    }
    expect(world.sent.length, where).toBeGreaterThanOrEqual(sentBefore);
    const { rows: calls } = await services.pool.query<{ state: string }>(
      'select state from tool_call where run_id = $1',
      [world.runId],
    );
    expect(
      calls.map(({ state }) => state),
      where,
    ).toEqual(['done', 'done', 'done', 'done']);
  }
  // Killed between saying so and doing it: nobody can tell, so a person was asked.
  expect(unknown).toBeGreaterThan(0);
});
