import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { compile } from '@/lib/workflows/compile';
import { definitionSchema } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import { createDeliveries } from '@/server/events/deliver';
import { sendEvent } from '@/server/events/send-event';
import { releaseStep } from '@/server/runs/debugging/debug-run';
import { stepOn } from '@/server/runs/debugging/step-on';
import { eventually } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Worker } from '@/server/runs/worker/worker-loop';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { anEditor } from '@/server/triggers/testing/fixture';
import { answerStep } from './answer-step';
import { cancelRun } from './cancel-run';
import { letRunGoOn, pauseRun } from './pause-run';

let services: Services;
let worker: Worker;
let editor: Actor;
beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  editor = { ...(await anEditor(services)), role: 'editor' };
  worker = await startWorker(services);
  await services.pool.query(
    `create function refuse_lines() returns trigger language plpgsql as $$
     begin raise exception 'no line today'; end $$`,
  );
});
afterAll(async () => {
  await worker.drain();
  await services.close();
});

const node = (id: string, type: string, config: object) => ({
  ...{ id, key: id, type, name: id, position: { x: 0, y: 0 }, config },
});
const asking = node('ok', 'approval', { question: 'Pay?', role: 'editor' });
const hearing = node('ok', 'wait-event', { event: 'paid' });

async function begin(first: object, debug = false): Promise<string> {
  const definition = definitionSchema.parse({ name: 'Pay', nodes: [first], edges: [] });
  const { id } = await services.engine.start({
    ...{ workspaceId: editor.workspaceId, name: 'Pay', mode: 'live', trigger: 'manual' },
    ...{ plan: compile(definition, catalogue), definitionHash: 'test', input: {} },
    ...(debug ? { debug: { breakpoints: { ok: '' }, stepping: false } } : {}),
  });
  await eventually('it waits', async () => {
    const state = await services.engine.load(id);
    return state?.steps.ok?.status === 'waiting';
  });
  return id;
}
const lines = async (id: string) => {
  const found = await services.pool.query<{ action: string }>(
    "select action from audit where subject_id = $1 and action <> 'run.started' order by id",
    [id],
  );
  return found.rows.map(({ action }) => action);
};
const asIs = async (id: string) => {
  const state = await services.engine.load(id);
  return [state?.seq, state?.status, state?.steps.ok?.status];
};
const at = (id: string) => ({ params: { id, stepId: 'ok' }, query: {} });

type Deed = {
  what: string;
  line: string;
  first: object;
  debug?: boolean;
  act(id: string): Promise<unknown>;
};
const operations: Deed[] = [
  {
    ...{ what: 'an answer', line: 'run.answered', first: asking },
    act: (id) =>
      answerStep(services, editor, { ...at(id), body: { answer: { decision: 'approved' } } }),
  },
  {
    ...{ what: 'a release', line: 'run.released', first: asking, debug: true },
    act: (id) => releaseStep(services, editor, { ...at(id), body: {} }),
  },
  {
    ...{ what: 'a move', line: 'run.released', first: asking, debug: true },
    act: (id) => stepOn(services, editor, { ...at(id), body: { move: 'continue' } }),
  },
  {
    ...{ what: 'a pause', line: 'run.paused', first: asking },
    act: (id) => pauseRun(services, editor, { ...at(id), body: undefined }),
  },
  {
    ...{ what: 'a cancel', line: 'run.cancelled', first: asking },
    act: (id) => cancelRun(services, editor, { ...at(id), body: undefined }),
  },
  {
    ...{ what: 'an event', line: 'run.event', first: hearing },
    act: () =>
      sendEvent(services, editor, { params: {}, query: {}, body: { channel: 'paid', payload: 1 } }),
  },
];

test.each(operations)(
  '$what is done with its line in the audit trail, or not at all',
  async (operation) => {
    const id = await begin(operation.first, operation.debug);
    const before = await asIs(id);
    await services.pool.query(
      'create trigger no_lines before insert on audit for each row execute function refuse_lines()',
    );
    try {
      await expect(operation.act(id)).rejects.toThrow();
    } finally {
      await services.pool.query('drop trigger no_lines on audit');
    }
    expect(await asIs(id)).toEqual(before);
    if (operation.line === 'run.event') {
      // The event was kept, and whoever looks after kept events brings it.
      await services.pool.query(`update event_claim set claimed_at = now() - interval '1 minute'`);
      await createDeliveries(services).recover();
    } else await operation.act(id);
    expect(await lines(id)).toEqual([operation.line]);
  },
);

test('a paused run goes on with a line of its own, and doing it twice tells nothing more', async () => {
  const id = await begin(asking);
  const same = { ...at(id), body: undefined };
  for (let turn = 0; turn < 2; turn += 1) await pauseRun(services, editor, same);
  for (let turn = 0; turn < 2; turn += 1) await letRunGoOn(services, editor, same);
  expect(await lines(id)).toEqual(['run.paused', 'run.continued']);
});

/** Use cases that write a line beside their change, not with it. */
const apart: Readonly<Record<string, string>> = {
  'server/workflows/export-workflow.ts': 'the line comes first, and nothing changes',
  'server/triggers/test-trigger.ts': 'the run itself names who started it',
  'server/people/api-keys.ts': 'a key that was made and not told opens nothing',
};

test('all other lines are written in the transaction of their change', () => {
  const files = readdirSync('server', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.|testing\/|generated\//.test(file))
    .map((file) => `server/${file}`);
  const found = files.filter((file) =>
    /insertAudit\(\s*(services\.)?(pool|prisma)\b/.test(readFileSync(file, 'utf8')),
  );
  expect(found.sort()).toEqual(Object.keys(apart).sort());
});
