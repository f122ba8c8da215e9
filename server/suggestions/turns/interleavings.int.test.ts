import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { AgentEdit } from '@/lib/canvas-turns/agent-edit';
import { seeded } from '@/lib/models/seed';
import { catalogue } from '@/lib/nodes/catalogue';
import type { Actor } from '@/lib/people/schema';
import { readDraft } from '@/lib/workflows/draft/draft';
import type { Definition } from '@/lib/workflows/schema';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { createWorkflow } from '@/server/workflows/create-workflow';
import { undoEdit } from '@/server/workflows/edits/edit-undo';
import { editWorkflow } from '@/server/workflows/edits/edit-workflow';
import { createLock } from '@/server/workflows/locks/change-locks';
import { decideSuggestion } from '../decide-suggestion';
import { getSuggestion } from '../get-suggestion';
import { changeInTurn, type OfTurn } from './change-in-turn';
import { finishTurn } from './end-turn';
import { suggestionOfRun } from './turn-store';

const trials = Number(process.env.ENSEMBLE_TRIALS ?? 4);
const none = { params: {}, query: {}, body: undefined };
let services: Services;
let people: Actor[];

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
  const workspaceId = randomUUID();
  await services.prisma.organization.create({
    data: { id: workspaceId, name: workspaceId, slug: workspaceId },
  });
  people = await Promise.all(
    ['Ana', 'Ben', 'Cem', 'Dia', 'Eva'].map((name) => member(name, workspaceId)),
  );
});
afterAll(() => services.close());

async function member(name: string, workspaceId: string): Promise<Actor> {
  const userId = randomUUID();
  const email = `${userId}@example.com`;
  await services.prisma.user.create({ data: { id: userId, name, email } });
  await services.prisma.member.create({
    data: { id: randomUUID(), organizationId: workspaceId, userId, role: 'editor' },
  });
  return { userId, name, email, workspaceId, role: 'editor' };
}

const count = 14;
const step = (at: number) => ({
  ...{ id: `n${at}`, key: `k${at}`, type: 'transform', name: `Step ${at}` },
  position: { x: at * 272, y: 0 },
  config: { expression: `"${at}"` },
});
const base: Definition = {
  ...{ schema: 1, name: 'Plan', description: '' },
  nodes: Array.from({ length: count }, (_, at) => step(at)),
  edges: Array.from({ length: count - 1 }, (_, at) => ({
    ...{
      id: `e${at}`,
      source: `n${at}`,
      sourcePort: 'out',
      target: `n${at + 1}`,
      targetPort: 'in',
    },
  })),
};
/** Steps 0 to 4 are those of the people, one each; 5 and 6 are locked; agents may change 7 to 13. */
const locked = ['n5', 'n6'];
const sorted = ({ nodes, edges, ...rest }: Definition) => ({
  ...rest,
  nodes: [...nodes].sort((a, b) => (a.id < b.id ? -1 : 1)),
  edges: [...edges].sort((a, b) => (a.id < b.id ? -1 : 1)),
});

/** A random edit of a person: of their own step, or a new one beside it. */
function editOf(person: number, pick: (n: number) => number): Record<string, unknown> {
  const id = `n${person}`;
  const kinds = [
    { edit: 'renameNode', id, name: `Name ${pick(1_000)}` },
    { edit: 'setField', nodeId: id, path: ['expression'], value: `"${pick(1_000)}"` },
    { edit: 'moveNodes', moves: [{ id, position: { x: pick(4_000), y: 400 + pick(400) } }] },
    {
      edit: 'addNode',
      node: {
        ...{ id: `p${person}-${pick(1_000_000)}`, type: 'transform', name: `New of ${person}` },
        ...{ position: { x: pick(4_000), y: 900 }, config: { expression: '1' } },
      },
    },
  ];
  return kinds[pick(kinds.length)] ?? {};
}

/** A random edit of an agent, also of what it must keep off. */
function agentEdit(agent: number, pick: (n: number) => number): AgentEdit {
  const at = pick(count);
  const kinds: AgentEdit[] = [
    { edit: 'set', step: `k${at}`, field: 'expression', value: `"agent ${agent} ${pick(1_000)}"` },
    { edit: 'rename', step: `k${at}`, name: `By agent ${agent}` },
    { edit: 'remove', step: `k${at}` },
    {
      ...{ edit: 'add', step: `a${agent}_${pick(1_000_000)}`, type: 'transform', name: 'Made' },
      ...{
        config: { expression: '2' },
        after: [`k${at}`],
        before: at + 1 < count ? [`k${at + 1}`] : [],
      },
    },
  ];
  return kinds[pick(kinds.length)] ?? { edit: 'remove', step: 'k7' };
}

async function inAnyOrder(id: string): Promise<Definition[]> {
  const rows = (await services.drafts.load(id))?.rows ?? [];
  const replica = (order: readonly (typeof rows)[number][]) => {
    const doc = new Y.Doc();
    for (const { data } of order) Y.applyUpdate(doc, data);
    return sorted(readDraft(doc, catalogue));
  };
  return [replica(rows), replica([...rows].reverse())] as unknown as Definition[];
}

test('five people and two agents at once: drafts are theirs alone, and a turn is taken back whole', {
  tags: 'long',
  timeout: 600_000,
}, async () => {
  let tries = 0;
  let edits = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const random = seeded(trial + 1);
    const pick = (n: number) => Math.floor(random() * n);
    const [first] = people;
    if (!first) throw new Error('nobody');
    const { id } = await createWorkflow(services, first, { ...none, body: base });
    const params = { id };
    await createLock(services, first, {
      ...{ params, query: {} },
      body: { nodeIds: locked, reason: '', expiresAt: null },
    });
    const edit = async (actor: Actor, made: object) => {
      edits += 1;
      await make(id, actor, made);
    };
    // Everybody was at their step just now, and stays at it.
    await Promise.all(
      people.map((actor, at) =>
        edit(actor, { edit: 'renameNode', id: `n${at}`, name: `Own ${at}` }),
      ),
    );
    const turns = [0, 1].map((agent): OfTurn => {
      const who = people[agent] ?? first;
      return {
        ...{
          workspaceId: first.workspaceId,
          workflowId: id,
          runId: randomUUID(),
          title: 'Change',
        },
        ...{ userId: who.userId, agent: { handle: `a${agent}`, name: `Agent ${agent}` } },
      };
    });
    const peopleAtWork = people.map(async (actor, at) => {
      for (let n = 0; n < 4; n += 1) await edit(actor, editOf(at, pick));
    });
    const agentsAtWork = turns.map(async (of, agent) => {
      for (let n = 0; n < 4; n += 1) {
        const wanted = [agentEdit(agent, pick), agentEdit(agent, pick)];
        tries += wanted.length;
        await changeInTurn(services, of, {
          ...{ key: `call ${n}`, edits: () => ({ edits: wanted }), placed: () => undefined },
        }).catch((error: unknown) => {
          // Three rounds with problems in a row end it.
          expect(error).toMatchObject({ code: 'conflict' });
        });
      }
    });
    await Promise.all([...peopleAtWork, ...agentsAtWork]);
    const [one, other] = await inAnyOrder(id);
    expect(one).toEqual(other);
    // The draft holds nothing of agents, and they keep off what they have to keep off.
    expect(JSON.stringify(one)).not.toContain('gent');
    const forbidden = new Set([...locked, ...people.map((_, at) => `n${at}`)]);
    for (const of of turns) {
      const row = await suggestionOfRun(services.pool, of);
      for (const change of row?.changes ?? []) {
        if (change.part !== 'nodes') continue;
        expect(forbidden.has(change.id) ? change.key : '').toBe('');
        // Nothing is moved that was there.
        expect(change.fields.map(({ path }) => path)).not.toContain('position');
      }
      await finishTurn(services, of, 'Done.');
    }
    await acceptAndUndo(
      id,
      turns,
      people.map((_, at) => editOf(at, pick)),
    );
  }
  process.stdout.write(
    `${trials} interleavings of 5 people and 2 agents: ${edits} edits, ${tries} tries of agents; replicas differ 0, forbidden elements changed 0, edits of others lost by an undo 0\n`,
  );
});

/** Accepts both turns, lets people go on, takes the first turn back: what is left is what others did. */
async function acceptAndUndo(
  id: string,
  turns: readonly OfTurn[],
  later: readonly object[],
): Promise<void> {
  const [decider] = people;
  if (!decider) throw new Error('nobody');
  const accept = async (of: OfTurn) => {
    const row = await suggestionOfRun(services.pool, of);
    if (!row || row.changes.length === 0) return undefined;
    const params = { id, suggestionId: row.id };
    const { changes } = await getSuggestion(services, decider, { ...none, params });
    const accepted = changes.map(({ key }) => key);
    const body = { accept: accepted, refuse: [], take: [], apply: true as const };
    return (await decideSuggestion(services, decider, { params, query: {}, body })).editId;
  };
  const [first, second] = turns;
  if (second) await accept(second);
  const before = await services.drafts.read(id);
  const editId = first && (await accept(first));
  if (editId === undefined) return;
  for (const [at, actor] of people.entries()) await make(id, actor, later[at] ?? {});
  const params = { id };
  await undoEdit(services, decider, { params, query: {}, body: { editId, partial: false } });
  // What would be there if that turn had never been accepted.
  const { id: other } = await createWorkflow(services, decider, { ...none, body: before });
  for (const [at, actor] of people.entries()) await make(other, actor, later[at] ?? {});
  const [after, wanted] = await Promise.all([
    services.drafts.read(id),
    services.drafts.read(other),
  ]);
  expect(sorted(after)).toEqual(sorted(wanted));
}

const make = (id: string, actor: Actor, edit: object) =>
  editWorkflow(services, actor, {
    ...{ params: { id }, query: {} },
    body: { edits: [edit] } as never,
  });
