import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { childEnvironment } from '@/server/config';
import { freePort } from '@/server/embedded/port';
import { n8nFolder } from '../peers';
import { type Contestant, chainSteps } from './contestant';
import { type Program, post, startProgram, untilOk } from './program';

const run = promisify(execFile);
const path = 'bench';

/**
 * n8n as it is installed, on the benchmark's Postgres: a webhook, then ten nodes that do nothing, and the answer when
 * the last one has run. In queue mode one worker does the work, over Redis. It writes an execution's start and end, not
 * its steps. Its telemetry is off.
 */
export async function openN8n(
  postgresUrl: string,
  redisUrl: string,
  mode: 'regular' | 'queue',
): Promise<Contestant> {
  const command = [join(n8nFolder(), 'bin', 'n8n')];
  const folder = mkdtempSync(join(tmpdir(), 'ensemble-n8n-'));
  const port = await freePort();
  const place = { postgresUrl, redisUrl, mode, folder, port, brokerPort: await freePort() };
  const env = environment(place);
  const file = join(folder, 'workflow.json');
  writeFileSync(file, JSON.stringify([workflow()]));
  const n8n = (...args: string[]) =>
    run(process.execPath, [...command, ...args], { env, maxBuffer: 100_000_000 });
  await n8n('import:workflow', `--input=${file}`);
  await n8n('publish:workflow', '--id=bench');
  const programs: Program[] = [startProgram(process.execPath, [...command, 'start'], env)];
  if (mode === 'queue') {
    const worker = [...command, 'worker', '--concurrency=50'];
    const workerEnv = environment({ ...place, brokerPort: await freePort() });
    programs.push(startProgram(process.execPath, worker, workerEnv));
  }
  const close = async () => {
    for (const program of programs) await program.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  const webhook = `http://127.0.0.1:${port}/webhook/${path}`;
  try {
    for (const program of programs)
      await untilOk(`http://127.0.0.1:${port}/healthz/readiness`, program);
    await untilAnswers(webhook);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name: `n8n, ${mode}`,
    keeps: 'start and end of a run',
    share: 0.2,
    async run() {
      await post(webhook, {});
      return { ended: performance.now() };
    },
    close,
  };
}

async function untilAnswers(webhook: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await post(webhook, {});
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(500);
    }
  }
}

type Place = {
  postgresUrl: string;
  redisUrl: string;
  mode: string;
  folder: string;
  port: number;
  brokerPort: number;
};

function environment(place: Place): NodeJS.ProcessEnv {
  const postgres = new URL(place.postgresUrl);
  return childEnvironment({
    N8N_USER_FOLDER: place.folder,
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: `${place.port}`,
    N8N_ENCRYPTION_KEY: 'only-for-a-benchmark',
    N8N_RUNNERS_BROKER_PORT: `${place.brokerPort}`,
    N8N_LOG_LEVEL: 'error',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
    DO_NOT_TRACK: '1',
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: postgres.hostname,
    DB_POSTGRESDB_PORT: postgres.port,
    DB_POSTGRESDB_USER: postgres.username,
    DB_POSTGRESDB_PASSWORD: postgres.password,
    DB_POSTGRESDB_DATABASE: postgres.pathname.slice(1),
    EXECUTIONS_MODE: place.mode,
    QUEUE_BULL_REDIS_HOST: '127.0.0.1',
    QUEUE_BULL_REDIS_PORT: new URL(place.redisUrl).port,
  });
}

function workflow() {
  const names = Array.from({ length: chainSteps }, (_, n) => `s${n}`);
  const chain = ['Webhook', ...names];
  const start = {
    id: 'webhook',
    name: 'Webhook',
    type: 'n8n-nodes-base.webhook',
    typeVersion: 2,
    position: [0, 0],
    webhookId: path,
    parameters: { httpMethod: 'POST', path, responseMode: 'lastNode' },
  };
  const nodes = names.map((name, n) => ({
    ...{ id: name, name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
    position: [200 * (n + 1), 0],
  }));
  const connections = Object.fromEntries(
    chain.slice(0, -1).map((name, n) => {
      const next = { node: chain[n + 1], type: 'main', index: 0 };
      return [name, { main: [[next]] }];
    }),
  );
  return {
    ...{ id: 'bench', name: 'bench', active: false, settings: { executionOrder: 'v1' } },
    nodes: [start, ...nodes],
    connections,
  };
}
