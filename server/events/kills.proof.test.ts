import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { begin, ended, eventually, makeWorkspace } from '@/server/runs/testing/harness';
import { startWorker } from '@/server/runs/worker/worker';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { sendEvent } from './send-event';
import { waitingPlan } from './testing/waiting-plan';

let environment: Record<string, string>;
let services: Services;
let actor: Actor;

beforeAll(async () => {
  environment = await testEnvironment({ ENSEMBLE_LEASE_MS: '1000', ENSEMBLE_SWEEP_MS: '200' });
  services = await createServices(withSecrets(loadConfig(environment)), 'test');
  const workspaceId = await makeWorkspace(services.pool);
  actor = { userId: 'u', name: 'Ada', email: 'a@b.c', role: 'editor', workspaceId };
});
afterAll(() => services?.close());

/** Statements after which a process is killed: more than one of them has. */
const statements = Number(process.env.ENSEMBLE_KILLS ?? 16);

/**
 * A process of its own, which does what its line says until it dies, or says that it is done. The connections of those
 * killed before are still being cleared away: one that finds no room for its own is started again, as a supervisor does.
 */
async function startDying(role: 'work' | 'send') {
  for (let start = 1; start <= 10; start += 1) {
    const dying = await tryDying(role);
    if (dying !== undefined) return dying;
  }
  throw new Error('No process came up in ten starts.');
}

async function tryDying(role: 'work' | 'send') {
  const entry = join(import.meta.dirname, 'testing/dying-process.ts');
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', entry, role], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += String(text);
  });
  const gone = once(child, 'exit').then(([, signal]) => signal as string | null);
  const isReady = () => said.includes('ready');
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  await eventually('the process is ready', async () => isReady() || isOver(), 60_000);
  if (!isReady()) return undefined;
  return {
    tell: (line: object) => child.stdin?.write(`${JSON.stringify(line)}\n`),
    /** Whether it died by itself before it was done, or within some seconds. */
    async died(done: () => Promise<boolean>): Promise<boolean> {
      const over = eventually('it died or is done', async () => {
        if (isOver()) return 'died';
        return (await done()) ? 'done' : undefined;
      }).catch(() => 'done');
      const killed = (await over) === 'died';
      child.kill('SIGKILL');
      expect(await gone).toBe('SIGKILL');
      return killed;
    },
    said: () => said,
  };
}

const heardOnce = async (runId: string) => {
  const found = await services.pool.query(
    `select 1 from run_event where run_id = $1 and type = 'StepSucceeded' and data ->> 'stepId' = 'w0'`,
    [runId],
  );
  return found.rowCount;
};
const lines = async (runId: string) => {
  const found = await services.pool.query(
    "select 1 from audit where action = 'run.event' and subject_id = $1",
    [runId],
  );
  return found.rowCount;
};
const nothingLeft = () =>
  eventually('nothing is left', async () => {
    const { rows } = await services.pool.query<{ n: number }>(
      `select ((select count(*) from event_claim)
         + (select count(*) from sent_event where payload is not null))::int as n`,
    );
    return rows[0]?.n === 0;
  });

test('a worker that is killed between an event that was kept and the wait that asks for it loses nothing', async () => {
  let killed = 0;
  for (let after = 1; after <= statements; after += 1) {
    const channel = `kept-${after}`;
    const child = await startDying('work');
    const runId = await begin(services, actor.workspaceId, waitingPlan(channel));
    const body = { channel, payload: after };
    const sent = await sendEvent(services, actor, { params: {}, query: {}, body });
    expect(sent).toEqual({ delivered: 0, kept: true });
    child.tell({ after });
    const state = async () => (await services.engine.load(runId))?.finishedAt !== undefined;
    if (await child.died(state)) killed += 1;
    const worker = await startWorker(services);
    expect((await ended(services, runId, 60_000)).output).toEqual([after]);
    expect([await heardOnce(runId), await lines(runId)]).toEqual([1, 1]);
    await nothingLeft();
    await worker.drain();
  }
  process.stdout.write(`${killed} of ${statements} workers killed; 0 events lost, 0 doubled\n`);
  expect(killed).toBeGreaterThan(statements / 3);
});

test('a sender that is killed after any of its statements can send again, and the event comes once', async () => {
  let killed = 0;
  for (let after = 1; after <= statements; after += 1) {
    const channel = `sent-${after}`;
    const runId = await begin(services, actor.workspaceId, waitingPlan(channel));
    let worker = await startWorker(services);
    await eventually('it waits', async () => {
      const state = await services.engine.load(runId);
      return state?.steps.w0?.status === 'waiting';
    });
    await worker.drain();
    const key = randomUUID();
    const child = await startDying('send');
    child.tell({ after, event: { actor, channel, payload: after, key } });
    if (await child.died(async () => child.said().includes('sent'))) killed += 1;
    // What nobody heard an answer to is sent again, as programs do; meanwhile others finish what was begun.
    worker = await startWorker(services);
    const headers = new Headers({ 'idempotency-key': key });
    const body = { channel, payload: after };
    await sendEvent(services, actor, { params: {}, query: {}, body }, { headers });
    expect((await ended(services, runId, 60_000)).output).toEqual([after]);
    expect([await heardOnce(runId), await lines(runId)]).toEqual([1, 1]);
    await nothingLeft();
    await worker.drain();
  }
  process.stdout.write(`${killed} of ${statements} senders killed; 0 events lost, 0 doubled\n`);
  expect(killed).toBeGreaterThan(statements / 4);
});
