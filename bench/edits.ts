import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Definition } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import {
  addPerson,
  addWorkflow,
  addWorkspace,
  type Person,
} from '@/server/realtime/testing/fixture';
import type { Services } from '@/server/services';
import { startRedis } from '@/server/testing/redis';
import type { Command, Typed } from './editors/clients';
import type { LinkKind } from './editors/link';
import {
  type BenchServer,
  cpuMs,
  cpuMsWithChildren,
  memoryMb,
  startEnsemble,
  startScript,
  startYWebsocket,
} from './editors/servers';
import { median, percentile, rounded } from './figures';
import { openStage } from './stage';

const root = join(import.meta.dirname, '..');
const nodes = 1_000;
const rounds = 3;
const warmUpMs = 2_000;
const forMs = 10_000;
const everyMs = 100;
/** Processes that the clients live in, and readers in each: many decoding clients would measure only themselves. */
const clientProcesses = 2;

type Sample = {
  edit: number[];
  answer: number[];
  cpu: number[];
  database: number[];
  memory: number[];
  missing: number;
  refused: number;
};

/**
 * How long an edit takes to the others, and to its answer, with 50 people who make 10 edits a second each, in one
 * workflow of 1,000 nodes, for 30 s on each server. Ours signs in, checks, and commits before it tells anybody; the
 * relay, y-websocket's server and Hocuspocus do none of it. One run, in turns, so that the ratios hold on a busy
 * machine. `--people=200` for more.
 */
export async function benchEdits(options: { people?: number } = {}): Promise<object> {
  const { people: size = 50 } = options;
  const stage = await openStage();
  const services = await createServices(stage.config, 'bench');
  const redis = await startRedis();
  const environment = { DATABASE_URL: stage.url, ENSEMBLE_DATA_DIR: stage.config.dataDir };
  const servers: BenchServer[] = [
    await startScript('floor', 'bench/editors/relay.ts'),
    await startEnsemble('ensemble', environment),
    await startScript('hocuspocus', 'bench/editors/hocuspocus.ts'),
    await startYWebsocket(),
    await startEnsemble('ensemble, Redis', { ...environment, REDIS_URL: redis.url }),
  ];
  const clients = await Promise.all(Array.from({ length: clientProcesses }, startClients));
  try {
    const workspaceId = await addWorkspace(services);
    const people: Person[] = [];
    for (let i = 0; i < size; i += 1) {
      people.push(await addPerson(services, workspaceId, 'editor', `Person ${i}`));
    }
    const samples = new Map<LinkKind, Sample>();
    for (let round = 0; round < rounds; round += 1) {
      const turn = round % 2 === 0 ? servers : servers.toReversed();
      for (const server of turn) {
        const room = await addWorkflow(services, workspaceId, definition);
        const database = stage.pid() ?? 0;
        const sample = await measure({ services, server, clients, room, people, database });
        samples.set(server.kind, joined(samples.get(server.kind), sample));
        process.stderr.write(`${server.kind}: round ${round + 1} of ${rounds}\n`);
      }
    }
    const result = figures(samples);
    process.stderr.write(tableOf(result));
    return {
      people: size,
      nodes,
      editsPerSecond: (1_000 / everyMs) * size,
      seconds: (forMs / 1_000) * rounds,
      readers: clientProcesses,
      commit: await oneCommit(services),
      servers: result,
    };
  } finally {
    for (const child of clients) child.disconnect();
    await Promise.all(servers.map((server) => server.close()));
    await services.close();
    await redis.stop();
    await stage.close();
  }
}

const definition: Definition = {
  schema: 1,
  name: 'Bench',
  description: '',
  nodes: Array.from({ length: nodes }, (_, i) => ({
    id: `n${i}`,
    key: `n${i}`,
    type: 'agent',
    name: `Step ${i}`,
    position: { x: (i % 40) * 300, y: Math.floor(i / 40) * 160 },
    config: { prompt: `Summarise what step ${i} brought, in two sentences.` },
  })),
  edges: Array.from({ length: nodes - 1 }, (_, i) => ({
    id: `e${i}`,
    source: `n${i}`,
    sourcePort: 'out',
    target: `n${i + 1}`,
    targetPort: 'in',
  })),
};

async function measure(parts: {
  services: Services;
  server: BenchServer;
  clients: ChildProcess[];
  room: string;
  people: Person[];
  database: number;
}): Promise<Sample> {
  const { services, server, clients, room, people, database } = parts;
  // The relay keeps nothing and two others start empty: all begin with the same document in hand.
  const [state] = (await services.drafts.load(room))?.rows ?? [];
  const base = Buffer.from(state?.data ?? []).toString('base64');
  const { kind, url } = server;
  for (const [turn, child] of clients.entries()) {
    const mine = people.flatMap(({ cookie }, i) => {
      const reads = i < clients.length;
      const person = { node: `n${i}`, cookie, clientId: 1_000 + i, reads, seeds: i === 0 };
      return i % clients.length === turn ? [person] : [];
    });
    await tell(child, { do: 'open', kind, url, room, base, people: mine });
  }
  await sleep(500);
  const before = [cpuMs(server.pid), cpuMsWithChildren(database)] as const;
  const began = performance.now();
  const typed = await Promise.all(
    clients.map((child) => tell<Typed>(child, { do: 'type', warmUpMs, forMs, everyMs })),
  );
  // The last second was only waiting.
  const took = performance.now() - began - 1_000;
  const cpu = ((cpuMs(server.pid) - before[0]) / took) * 100;
  const used = ((cpuMsWithChildren(database) - before[1]) / took) * 100;
  const memory = memoryMb(server.pid);
  await Promise.all(clients.map((child) => tell(child, { do: 'close' })));
  await sleep(300);
  return { ...summary(typed), cpu: [cpu], database: [used], memory: [memory] };
}

function summary(typed: readonly Typed[]): Omit<Sample, 'cpu' | 'database' | 'memory'> {
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
    database: [...a.database, ...b.database],
    memory: [...a.memory, ...b.memory],
    missing: a.missing + b.missing,
    refused: a.refused + b.refused,
  };
}

type Figures = ReturnType<typeof figuresOf>;

function figures(samples: ReadonlyMap<LinkKind, Sample>): Record<string, Figures> {
  const of = (kind: LinkKind) => samples.get(kind)?.edit ?? [];
  const floor = percentile(of('floor'), 0.95);
  const peer = percentile(of('hocuspocus'), 0.95);
  return Object.fromEntries(
    [...samples].map(([kind, sample]) => [kind, figuresOf(sample, floor, peer)]),
  );
}

function figuresOf(sample: Sample, floor: number, peer: number) {
  const { edit, answer, cpu, database, memory, missing, refused } = sample;
  const p95 = percentile(edit, 0.95);
  return {
    editMs: spread(edit),
    ...(answer.length > 0 ? { answerMs: spread(answer) } : {}),
    p95OverFloor: rounded(p95 / floor, 2),
    p95OverHocuspocus: rounded(p95 / peer, 2),
    serverCpuPercent: rounded(median(cpu), 0),
    databaseCpuPercent: rounded(median(database), 0),
    memoryMb: rounded(Math.max(...memory), 0),
    edits: edit.length,
    missing,
    refused,
  };
}

const spread = (values: readonly number[]) => ({
  p50: rounded(median(values), 2),
  p95: rounded(percentile(values, 0.95), 2),
  p99: rounded(percentile(values, 0.99), 2),
});

function tableOf(result: Record<string, Figures>): string {
  const slashed = (each: ReturnType<typeof spread> | undefined) =>
    each ? `${each.p50} / ${each.p95} / ${each.p99}` : '–';
  const rows = Object.entries(result).map(([kind, each]) =>
    [
      kind,
      slashed(each.editMs),
      slashed(each.answerMs),
      `${each.p95OverFloor} × floor`,
      `${each.p95OverHocuspocus} × Hocuspocus`,
      `${each.serverCpuPercent} % (+ ${each.databaseCpuPercent} % database)`,
      `${each.memoryMb} MB`,
      `N ${each.edits}, ${each.missing} missing, ${each.refused} refused`,
    ].join(' | '),
  );
  return `${['server | edit p50 / p95 / p99 ms | answer', ...rows].join('\n')}\n`;
}

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
      source: 'bench',
    });
    times.push(performance.now() - at);
  }
  return spread(times);
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
