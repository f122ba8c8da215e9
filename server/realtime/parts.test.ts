import { expect, test, vi } from 'vitest';
import { packUpdates, unpackUpdates } from '@/lib/realtime/pack';
import { type AccessChanges, checkAccess } from './access-watch';
import { createBudget } from './budget';
import type { Peer } from './peer';
import { createPresenceBoard } from './room/presence-board';
import { pairKey, type RealtimeStore } from './store';

test('a budget lets a burst through, then the rate, and never a flood', () => {
  const budget = createBudget(10, 20);
  const taken = (now: number, tries: number) =>
    Array.from({ length: tries }, () => budget.take(now)).filter(Boolean).length;
  expect(taken(0, 100)).toBe(20);
  expect(taken(500, 100)).toBe(5);
  expect(taken(500, 100)).toBe(0);
  expect(taken(60_000, 100)).toBe(20);
});

test('what is larger than a whole burst passes alone, and is paid off afterwards', () => {
  const budget = createBudget(100, 200);
  expect(budget.take(0, 1_000)).toBe(true);
  expect(budget.take(1_000, 1)).toBe(false);
  expect(budget.take(9_000, 1)).toBe(true);
});

test('updates travel as one text, in order, whatever they hold', () => {
  const updates = [[], [0], [255, 1, 2], Array.from({ length: 300 }, (_, i) => i % 256)];
  const packed = packUpdates(updates.map((each) => Uint8Array.from(each)));
  expect(packed).toMatch(/^[A-Za-z0-9+/]*={0,2}$/);
  expect(unpackUpdates(packed).map((each) => [...each])).toEqual(updates);
  expect(() => unpackUpdates('/w==')).toThrow();
});

const varint = (n: number): number[] => (n < 128 ? [n] : [(n & 127) | 128, ...varint(n >>> 7)]);
function said(...entries: [clientId: number, clock: number, state: unknown][]): Uint8Array {
  const bytes = entries.flatMap(([clientId, clock, state]) => {
    const json = Buffer.from(typeof state === 'string' ? state : JSON.stringify(state));
    return [...varint(clientId), ...varint(clock), ...varint(json.length), ...json];
  });
  return Uint8Array.from([...varint(entries.length), ...bytes]);
}

test('presence: only of oneself, under one’s own name, newest first, gone when one leaves', async () => {
  const relayed: string[] = [];
  const board = createPresenceBoard({
    relay: (update) => relayed.push(Buffer.from(update).toString('latin1')),
    publish: () => undefined,
  });
  const sender = { clientId: 7, userId: 'u', userName: 'Ada' };
  const user = { id: 'u', name: 'Somebody else', color: '#000000' };
  const runId = '00000000-0000-4000-8000-000000000001';
  const agentAtWork = { handle: 'writer', activity: 'thinking', by: 'Ada', runId };
  const bad: Uint8Array[] = [
    said([8, 1, { user }]),
    said([7, 1, { user: { ...user, id: 'other' } }]),
    said([7, 1, { user }], [8, 1, { user }]),
    said([7, 1, { user, extra: true }]),
    // Only the server says who is an agent.
    said([7, 1, { user: { ...user, color: '#0000ff' }, agent: agentAtWork }]),
    said([7, 1, 'not json']),
    said(),
    Uint8Array.from([255, 255, 255, 255, 15]),
    said([7, 1, { user }]).slice(0, -2),
  ];
  expect(bad.map((update) => board.submit(update, sender))).toEqual(bad.map(() => false));
  expect(board.everybody()).toEqual(said());
  expect(board.submit(said([7, 5, { user, cursor: { x: 1, y: 1 } }]), sender)).toBe(true);
  expect(board.submit(said([7, 4, { user, cursor: { x: 9, y: 9 } }]), sender)).toBe(true);
  board.receive(said([9, 1, { user: { id: 'far' } }]));
  await vi.waitFor(() => expect(relayed).toHaveLength(1));
  expect(relayed[0]).toContain('"name":"Ada"');
  expect(relayed[0]).toContain('"x":1');
  expect(relayed[0]).not.toContain('"x":9');
  expect(relayed[0]).toContain('far');
  board.leave(7);
  await vi.waitFor(() => expect(relayed[1]).toContain('null'));
  expect(Buffer.from(board.everybody()).toString('latin1')).not.toContain('Ada');
  board.close();
});

test('a check of rights judges only what it asked for', async () => {
  const changes: string[] = [];
  const note = (name: keyof AccessChanges) => (_: Peer, what?: string, role?: string) => {
    changes.push([name, what, role].filter(Boolean).join(' '));
  };
  const peer = {
    userId: 'u',
    sessionId: 's',
    drafts: new Map([
      ['stays', { workspaceId: 'w', role: 'editor' }],
      ['deleted', { workspaceId: 'w', role: 'editor' }],
      ['demoted', { workspaceId: 'v', role: 'editor' }],
      ['removed', { workspaceId: 'x', role: 'editor' }],
    ]),
    runs: new Map([['run', 'x']]),
    workspaces: new Set(['w', 'x']),
  } as unknown as Peer;
  const store = {
    roles: async () => {
      // Joined while the question was on its way.
      peer.drafts.set('new', { workspaceId: 'n', role: 'viewer' } as never);
      return new Map([
        [pairKey('u', 'w'), 'editor'],
        [pairKey('u', 'v'), 'viewer'],
      ]);
    },
    liveSessions: async () => new Set(['s']),
    liveWorkflows: async () => new Set(['stays', 'demoted', 'removed']),
  } as unknown as RealtimeStore;
  const on: AccessChanges = {
    signedOut: note('signedOut'),
    lostDraft: note('lostDraft'),
    lostRun: note('lostRun'),
    lostWorkspace: note('lostWorkspace'),
    roleChanged: note('roleChanged'),
  };
  await checkAccess(store, [peer], on);
  expect(changes.sort()).toEqual([
    'lostDraft deleted',
    'lostDraft removed',
    'lostRun run',
    'lostWorkspace x',
    'roleChanged demoted viewer',
  ]);
});
