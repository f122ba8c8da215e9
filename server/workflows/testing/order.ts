import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { findProblems } from '@/lib/workflows/problems/problems';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { openEditor } from '@/server/realtime/testing/client';
import { addPerson, addWorkflow, addWorkspace } from '@/server/realtime/testing/fixture';
import { type RealtimeProcess, startRealtime } from '@/server/realtime/testing/server';
import { randomOf } from '@/server/realtime/testing/updates';
import type { Services } from '@/server/services';
import { createSuggestion } from '@/server/suggestions/create-suggestion';
import { testEnvironment } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { editWorkflow } from '../edits/edit-workflow';
import {
  afterAll,
  type Call,
  doAsEditor,
  editBefore,
  editorCall,
  firstDefinition,
  plain,
  programCall,
  suggested,
  typed,
} from './order-calls';
import type { Answer, Message } from './order-main';

const root = join(import.meta.dirname, '../../..');

/** A process that writes drafts as the API does, and may be killed. */
type Writer = {
  /** Undefined: it was killed before it answered. */
  call(message: Omit<Message, 'id'>): Promise<Answer | undefined>;
  kill(): Promise<void>;
};

async function startWriter(environment: Readonly<Record<string, string>>): Promise<Writer> {
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(root, 'server/workflows/testing/order-main.ts'),
      JSON.stringify(environment),
    ],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
  );
  await once(child, 'message');
  return { call: (message) => ask(child, message), kill: () => end(child) };
}

let asked = 0;
function ask(child: ChildProcess, message: Omit<Message, 'id'>): Promise<Answer | undefined> {
  asked += 1;
  const id = asked;
  return new Promise((resolve) => {
    const finish = (answer: Answer | undefined) => {
      child.off('message', hear);
      child.off('exit', gone);
      resolve(answer);
    };
    const hear = (answer: Answer) => {
      if (answer.id === id) finish(answer);
    };
    const gone = () => finish(undefined);
    child.on('message', hear);
    child.once('exit', gone);
    child.send({ ...message, id }, (error) => error && gone());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

type Round = {
  services: Services;
  environment: Readonly<Record<string, string>>;
  writers: Writer[];
  editors: readonly RealtimeProcess[];
  workspaceId: string;
  random: () => number;
  kills: number;
};
/** `kills`: how often a writer is killed in the middle of a round, between 0 and 1. */
type Play = { rounds: number; seed: number; kills: number };
type Counts = {
  rounds: number;
  calls: number;
  refused: number;
  killed: number;
  typed: number;
};

/**
 * Plays rounds in which programs in two processes, two editors on two others, a suggestion that is accepted and an edit
 * that is taken back all write one draft at once. After each the draft must be valid, and be what some order of the calls
 * gives; a call whose process was killed counts as made or not. Throws with the round where it is not.
 */
export async function playRounds({ rounds, seed, kills }: Play): Promise<Counts> {
  const environment = await testEnvironment();
  const services = await createServices(withSecrets(loadConfig(environment)), 'test');
  const random = randomOf(seed);
  const counts: Counts = { rounds: 0, calls: 0, refused: 0, killed: 0, typed: 0 };
  const starting = () => startWriter(environment);
  const [writers, editors] = await Promise.all([
    Promise.all([starting(), starting()]),
    Promise.all([startRealtime(environment), startRealtime(environment)]),
  ]);
  try {
    const workspaceId = await addWorkspace(services);
    const round = { services, environment, writers, editors, workspaceId, random, kills };
    const person = await addPerson(services, workspaceId, 'editor');
    for (let i = 0; i < rounds; i += 1) {
      await playRound(round, person, counts, `seed ${seed}, round ${i}`);
    }
  } finally {
    await Promise.all([...writers, ...editors].map((each) => each.kill()));
    await services.close();
  }
  process.stdout.write(`order: seed ${seed}, ${JSON.stringify(counts)}, 0 failures\n`);
  return counts;
}

type Person = Awaited<ReturnType<typeof addPerson>>;

async function playRound(
  round: Round,
  person: Person,
  counts: Counts,
  about: string,
): Promise<void> {
  const { services, workspaceId, writers, editors, random, environment } = round;
  const workflowId = await addWorkflow(services, workspaceId, firstDefinition);
  const actor: Actor = { ...person, email: '', workspaceId, role: 'editor', apiKeyId: 'key' };
  const prepared = await prepare(services, actor, workflowId);
  const base = Y.encodeStateAsUpdate(await services.drafts.copy(workflowId));
  const open = await Promise.all(
    editors.map(({ url }) => openEditor(url, person.cookie, workflowId)),
  );
  const calls = chooseCalls(random, prepared);
  const victim = random() < round.kills ? Math.floor(random() * writers.length) : undefined;
  const sent = calls.map(async (call, i): Promise<Answer | undefined> => {
    if (call.kind !== 'editor') {
      return (writers[i % writers.length] as Writer).call({ workflowId, actor, call });
    }
    const editor = open[i % open.length];
    if (!editor) throw new Error('there is no editor');
    const before = editor.answers.length;
    doAsEditor({ doc: editor.doc, catalogue, origin: person.userId }, call);
    const answers = await Promise.all(editor.answers.slice(before));
    return { id: 0, ok: answers.every(({ ok }) => ok) };
  });
  if (victim !== undefined) {
    counts.killed += 1;
    // Somewhere in its calls: each turn of the loop is some statements of theirs.
    for (let turns = Math.floor(random() * 30); turns > 0; turns -= 1) await nextTurn();
    await writers[victim]?.kill();
    writers[victim] = await startWriter(environment);
  }
  const answers = await Promise.all(sent);
  const unknown = new Set(answers.flatMap((answer, i) => (answer === undefined ? [i] : [])));
  const possible = new Set<string>();
  for (const order of orders(calls, unknown)) {
    possible.add(JSON.stringify(plain(afterAll(base, order))));
  }
  counts.rounds += 1;
  counts.calls += calls.length;
  counts.refused += answers.filter((answer) => answer?.ok === false).length;
  await eventually(async () => {
    const definition = await services.drafts.read(workflowId);
    const described = `${about}: ${JSON.stringify(calls)}`;
    expect(possible, described).toContain(JSON.stringify(plain(definition)));
    const broken = findProblems(definition, catalogue, {}).filter(({ code }) =>
      /cycle|key/.test(code),
    );
    expect(broken, described).toEqual([]);
    if (isKept(calls)) {
      counts.typed += 1;
      const text = String(definition.nodes.find(({ id }) => id === 'a')?.config.template);
      expect(text.split(typed).length, described).toBeGreaterThan(1);
    }
  });
  for (const { socket } of open) socket.close();
}

/** Whether somebody typed, and nobody else did anything to that step: then it must be there. */
function isKept(calls: readonly Call[]): boolean {
  const typing = calls.some((call) => call.kind === 'editor' && call.does === 'type');
  const others = calls.some(
    (call) =>
      call.kind === 'put' || (call.kind === 'edits' && JSON.stringify(call).includes('"a"')),
  );
  return typing && !others;
}

async function prepare(services: Services, actor: Actor, workflowId: string): Promise<Call[]> {
  const given = { params: { id: workflowId }, query: {} };
  const { editId = '' } = await editWorkflow(services, actor, {
    ...given,
    body: { edits: editBefore },
  });
  const rows = await services.pool.query('select changes from draft_edit where id = $1', [editId]);
  const body = { title: 'S', note: '', status: 'open' as const, edits: suggested };
  const view = await createSuggestion(services, actor, { ...given, body });
  const held = await services.pool.query('select update, changes from suggestion where id = $1', [
    view.id,
  ]);
  const { update, changes } = held.rows[0] as { update: Buffer; changes: { key: string }[] };
  return [
    { kind: 'undo', editId, changes: rows.rows[0].changes },
    {
      kind: 'accept',
      suggestionId: view.id,
      keys: changes.map(({ key }) => key),
      update: update.toString('base64'),
      changes: changes as never,
    },
  ];
}

function chooseCalls(random: () => number, prepared: readonly Call[]): Call[] {
  const calls: Call[] = [];
  const programs = 1 + Math.floor(random() * 3);
  for (let i = 0; i < programs; i += 1) calls.push(programCall(random, `p${i}`));
  for (const call of prepared) if (random() < 0.35) calls.push(call);
  for (let i = 0; i < 2; i += 1) if (random() < 0.6) calls.push(editorCall(random, `${i}`));
  return calls.slice(0, 5);
}

/** All orders of the calls, with and without each of those that nobody knows of. */
function* orders(calls: readonly Call[], unknown: ReadonlySet<number>): Generator<Call[]> {
  for (let left = 0; left < 2 ** unknown.size; left += 1) {
    const out = new Set([...unknown].filter((_, bit) => (left >> bit) % 2 === 1));
    yield* permutations(calls.filter((_, i) => !out.has(i)));
  }
}

function* permutations<T>(all: readonly T[]): Generator<T[]> {
  if (all.length === 0) yield [];
  for (const [i, first] of all.entries()) {
    for (const rest of permutations(all.filter((_, j) => j !== i))) yield [first, ...rest];
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
