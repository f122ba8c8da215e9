import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Definition } from '@/lib/workflows/schema';
import { freePort } from '@/server/embedded/port';
import {
  addPerson,
  addWorkflow,
  addWorkspace,
  type Person,
} from '@/server/realtime/testing/fixture';
import { startRealtime } from '@/server/realtime/testing/server';
import type { Services } from '@/server/services';
import { createServices } from '@/server/wire';
import type { Command, Typed } from './editors/clients';
import type { LinkKind } from './editors/link';
import { median, percentile, rounded } from './figures';
import { openStage } from './stage';

const root = join(import.meta.dirname, '..');
const sizes = [2, 10, 50];
const rounds = 2;
const warmUpMs = 1_500;
const forMs = 7_000;
/** Processes that the clients live in, and readers in each: many decoding clients would measure only themselves. */
const clientProcesses = 2;

type Server = { kind: LinkKind; url: string; pid: number; close(): Promise<void> };
type Sample = { edit: number[]; answer: number[]; cpu: number[]; missing: number; refused: number };

/**
 * How long an edit takes to the others, and to its answer, with 2, 10 and 50 people who type into one document, each
 * every 100 to 200 ms. Ours signs in, checks, and commits before it tells anybody; the bare relay and y-websocket's
 * server do neither. One run, in turns, so that the ratios hold on a busy machine.
 */
export async function benchEdits(): Promise<object> {
  const stage = await openStage();
  const services = await createServices(stage.config, 'bench');
  const ensemble = await startRealtime({
    DATABASE_URL: stage.url,
    ENSEMBLE_DATA_DIR: stage.config.dataDir,
    ENSEMBLE_LOG: 'warn',
  });
  const servers: Server[] = [
    await startFloor(),
    {
      kind: 'ensemble',
      url: ensemble.url,
      pid: ensemble.child.pid ?? 0,
      close: () => ensemble.kill(),
    },
    await startYWebsocket(),
  ];
  const clients = await Promise.all(Array.from({ length: clientProcesses }, startClients));
  try {
    const workspaceId = await addWorkspace(services);
    const people: Person[] = [];
    for (let i = 0; i < Math.max(...sizes); i += 1) {
      people.push(await addPerson(services, workspaceId, 'editor', `Person ${i}`));
    }
    const result: Record<string, object> = {};
    for (const size of sizes) {
      const samples = new Map<LinkKind, Sample>();
      for (let round = 0; round < rounds; round += 1) {
        const turn = round % 2 === 0 ? servers : servers.toReversed();
        for (const server of turn) {
          const room = await addWorkflow(services, workspaceId, definitionOf(size));
          const sample = await measure({
            services,
            server,
            clients,
            room,
            people: people.slice(0, size),
          });
          samples.set(server.kind, joined(samples.get(server.kind), sample));
        }
      }
      result[`${size} clients`] = figures(samples);
    }
    return {
      ...result,
      commit: await oneCommit(services),
      seconds: (forMs / 1_000) * rounds,
      readers: clientProcesses,
    };
  } finally {
    for (const child of clients) child.disconnect();
    await Promise.all(servers.map((server) => server.close()));
    await services.close();
    await stage.close();
  }
}

const definitionOf = (size: number): Definition => ({
  schema: 1,
  name: 'Bench',
  description: '',
  edges: [],
  nodes: Array.from({ length: size }, (_, i) => ({
    id: `n${i}`,
    key: `n${i}`,
    type: 'agent',
    name: `Step ${i}`,
    position: { x: i * 10, y: 0 },
    config: {},
  })),
});

async function measure(parts: {
  services: Services;
  server: Server;
  clients: ChildProcess[];
  room: string;
  people: Person[];
}): Promise<Sample> {
  const { services, server, clients, room, people } = parts;
  // The relay keeps nothing and y-websocket starts empty: all begin with the same document in hand.
  const [state] = (await services.drafts.load(room))?.rows ?? [];
  const base = Buffer.from(state?.data ?? []).toString('base64');
  await Promise.all(
    clients.map((child, turn) => {
      const mine = people.flatMap(({ cookie }, i) => {
        const person = { node: `n${i}`, cookie, clientId: 1_000 + i, reads: i < clients.length };
        return i % clients.length === turn ? [person] : [];
      });
      const { kind, url } = server;
      return tell(child, { do: 'open', kind, url, room, base, people: mine });
    }),
  );
  const before = cpuMs(server.pid);
  const began = performance.now();
  const typed = await Promise.all(
    clients.map((child) => tell<Typed>(child, { do: 'type', warmUpMs, forMs })),
  );
  // The last second was only waiting.
  const cpu = ((cpuMs(server.pid) - before) / (performance.now() - began - 1_000)) * 100;
  await Promise.all(clients.map((child) => tell(child, { do: 'close' })));
  await sleep(300);
  return { ...summary(typed), cpu: [cpu] };
}

function summary(typed: readonly Typed[]): Omit<Sample, 'cpu'> {
  const sent = typed.flatMap((each) => Object.entries(each.sent));
  const edit: number[] = [];
  let missing = 0;
  for (const { clientId, at } of typed.flatMap((each) => each.seen)) {
    for (const [letter, from] of sent) {
      if (letter.startsWith(`${clientId} `)) continue;
      const arrived = at[letter];
      if (arrived === undefined) missing += 1;
      else edit.push(arrived - from);
    }
  }
  const answer = typed.flatMap((each) => each.answered);
  return { edit, answer, missing, refused: typed.reduce((sum, each) => sum + each.refused, 0) };
}

function joined(a: Sample | undefined, b: Sample): Sample {
  if (!a) return b;
  return {
    edit: [...a.edit, ...b.edit],
    answer: [...a.answer, ...b.answer],
    cpu: [...a.cpu, ...b.cpu],
    missing: a.missing + b.missing,
    refused: a.refused + b.refused,
  };
}

function figures(samples: ReadonlyMap<LinkKind, Sample>): Record<string, object> {
  const floor = samples.get('floor')?.edit ?? [];
  return Object.fromEntries(
    [...samples].map(([kind, { edit, answer, cpu, missing, refused }]) => [
      kind,
      {
        editMs: spread(edit),
        ...(answer.length > 0 ? { answerMs: spread(answer) } : {}),
        editP50OverFloor: rounded(median(edit) / median(floor), 2),
        editP95OverFloor: rounded(percentile(edit, 0.95) / percentile(floor, 0.95), 2),
        serverCpuPercent: rounded(median(cpu), 0),
        edits: edit.length,
        missing,
        refused,
      },
    ]),
  );
}

const spread = (values: readonly number[]) => ({
  p50: rounded(median(values), 2),
  p95: rounded(percentile(values, 0.95), 2),
  p99: rounded(percentile(values, 0.99), 2),
});

/** One commit of the same statement alone, for comparison. */
async function oneCommit(services: Services): Promise<object> {
  const workflowId = await addWorkflow(services, await addWorkspace(services));
  const times: number[] = [];
  for (let i = 0; i < 500; i += 1) {
    const at = performance.now();
    await services.drafts.append({
      workflowId,
      data: Buffer.alloc(60),
      userId: null,
      origin: 'bench',
    });
    times.push(performance.now() - at);
  }
  return spread(times);
}

async function startFloor(): Promise<Server> {
  const port = await freePort();
  const script = join(root, 'bench/editors/relay.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, String(port)], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  return served('floor', port, child);
}

async function startYWebsocket(): Promise<Server> {
  const port = await freePort();
  const script = join(root, 'node_modules/y-websocket/bin/server.cjs');
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let left = 100; !(await isOpen(port)); left -= 1) {
    if (left === 0) throw new Error('y-websocket does not start');
    await sleep(100);
  }
  return served('y-websocket', port, child);
}

function served(kind: LinkKind, port: number, child: ChildProcess): Server {
  return {
    kind,
    url: `ws://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.unref();
  }).then((open) => open === true);
}

async function startClients(): Promise<ChildProcess> {
  const script = join(root, 'bench/editors/clients.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  await once(child, 'message');
  return child;
}

async function tell<Result>(child: ChildProcess, command: Command): Promise<Result> {
  const answered = once(child, 'message');
  child.send(command);
  const [{ result, error }] = await answered;
  if (error) throw new Error(error);
  return result;
}

/** Processor time that a process has used, in milliseconds. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // utime and stime, in ticks of 10 ms.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
