import type { Contract } from '@/lib/api/define-route';
import type { Services } from '@/server/services';
import { ask } from './client';
import type { Somebody } from './people';

/** One of each thing that a workspace can hold, and how a foreigner would try to reach them. */
export type Things = {
  ids: string[];
  /** Requests of a contract that name these things, with bodies that would be right. */
  addressesOf(contract: Contract): { path: string; body?: unknown }[];
  /** Everything of the workspace in one value: it must be the same after any number of foreign requests. */
  fingerprint(services: Services): Promise<unknown>;
};

const agentBody = {
  handle: 'spy',
  name: 'Spy',
  description: '',
  instructions: 'Look around.',
  model: 'auto',
};

/** What the address of a contract needs behind its path. */
const rightQueries: Record<string, string> = { 'uploads.send-chunk': '?offset=0&claim=1' };

/** Bodies that would be right, by contract. */
const rightBodies: Record<string, unknown> = {
  'workflows.publish': {},
  'workflows.unpublish': {},
  'workflows.promote': {},
  'runs.start': {},
  'runs.answer': { answer: { decision: 'approved' } },
  'runs.move-on': { move: 'continue' },
  'runs.preview': {},
  'runs.release': {},
  'uploads.finish': {},
  'agents.ag-ui': {
    threadId: 't',
    runId: 'r',
    messages: [{ id: 'm', role: 'user', content: 'hi' }],
  },
  'agents.update': agentBody,
  'agents.start-task': { input: 'hello' },
  'agents.start-maintenance': { reason: 'hello' },
  'chat.command': { line: '/help' },
  'chat.post': { text: 'hello' },
  'chat.compaction': { version: 1, undone: true },
  'chat.feedback': { verdict: 'up' },
  'members.change-role': { role: 'viewer' },
  'history.name': { name: 'Mine' },
  'history.rename': { name: 'Mine' },
  'history.restore': { from: { version: 1 } },
  'comments.start': { anchor: { kind: 'workflow' }, body: 'hello' },
  'comments.resolve': { resolved: true },
  'comments.read': { at: '2026-01-01T00:00:00.000Z' },
  'comments.reply': { body: 'hello' },
  'comments.edit': { body: 'hello' },
  'locks.create': { nodeIds: ['a'] },
  'workflows.edit': { edits: [{ edit: 'renameNode', id: 'a', name: 'Mine' }] },
  'workflows.undo': { editId: '00000000-0000-4000-8000-000000000000' },
  'suggestions.create': { edits: [{ edit: 'renameNode', id: 'a', name: 'Mine' }] },
  'suggestions.update': { status: 'withdrawn' },
  'suggestions.decide': { refuse: ['nodes/a'] },
  'locks.change': { reason: 'mine' },
  'triggers.create': { kind: 'webhook' },
  'triggers.update': { enabled: false },
  'connections.update': { name: 'Mine' },
  'experiments.update': { state: 'ended' },
  'experiments.adopt': { variant: 'B' },
};

const experimentOf = (agentId: string) => ({
  ...{ name: 'Target', target: { type: 'agent', agentId }, goal: 'cost' },
  variants: [
    { name: 'As it is', change: {} },
    { name: 'Other', change: { instructions: 'Look elsewhere.' } },
  ],
});

const definition = {
  name: 'Target',
  nodes: [
    {
      id: 'a',
      key: 'a',
      type: 'transform',
      name: 'A',
      config: { expression: '1' },
      position: { x: 0, y: 0 },
    },
  ],
  edges: [],
};

/** Makes one of each thing as `owner`; `member` is somebody whose membership can be aimed at. */
export async function thingsOf(owner: Somebody, member: Somebody): Promise<Things> {
  const make = async (path: string, body: unknown, headers = {}) => {
    const answer = await ask('POST', `/api/v2${path}`, owner.headers, { body, headers });
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const workflow = await make('/workflows', definition);
  await make(`/workflows/${workflow.id}/publish`, {});
  const run = await make(`/workflows/${workflow.id}/runs`, { mode: 'rehearsal' });
  const agent = await make('/agents', { ...agentBody, handle: 'target', name: 'Target' });
  const thread = await make('/threads', { agentId: agent.id });
  const file = await make('/files?name=target.json', { a: 1 });
  const upload = await make('/uploads', { name: 'target.json', size: 7 });
  const key = await make('/api-keys', { name: 'target' });
  const invitation = await make('/invitations', { email: 'target@example.com' });
  const comments = await make(`/workflows/${workflow.id}/comments`, {
    anchor: { kind: 'workflow' },
    body: 'Look here.',
  });
  await make(`/workflows/${workflow.id}/locks`, { nodeIds: ['a'], reason: 'review' });
  const { trigger } = await make(`/workflows/${workflow.id}/triggers`, { kind: 'webhook' });
  const connection = await make('/connections', {
    name: 'Target',
    kind: 'bearer',
    config: { hosts: ['api.example.com'], testUrl: 'https://api.example.com/' },
    secret: 'the-token-of-the-target',
  });
  const experiment = await make('/experiments', experimentOf(agent.id));
  const byRoot: Record<string, string> = {
    comments: comments.id,
    workflows: workflow.id,
    runs: run.id,
    agents: agent.id,
    threads: thread.id,
    files: file.id,
    uploads: upload.id,
    'api-keys': key.id,
    invitations: invitation.id,
    members: member.userId,
    triggers: trigger.id,
    connections: connection.id,
    experiments: experiment.id,
  };
  const bodies: Record<string, unknown> = { ...rightBodies, 'workflows.put': definition };
  return {
    ids: Object.values(byRoot),
    addressesOf(contract) {
      const id = byRoot[contract.path.split('/')[1] ?? ''];
      // The link of an invitation is meant for strangers.
      if (!id || !contract.path.includes('{') || contract.id === 'invitations.accept') return [];
      return [
        {
          path:
            contract.path.replace('{number}', '1').replace(/\{\w+\}/g, id) +
            (rightQueries[contract.id] ?? ''),
          body: bodies[contract.id],
        },
      ];
    },
    async fingerprint({ prisma }) {
      const { id: workspaceId } = (await prisma.organization.findFirstOrThrow({
        where: { slug: 'acme' },
      })) as { id: string };
      return JSON.stringify(
        await Promise.all([
          prisma.workflow.findMany({ where: { workspaceId }, include: { versions: true } }),
          prisma.run.count({ where: { workspaceId } }),
          prisma.agent.findMany({ where: { workspaceId } }),
          prisma.thread.findMany({ where: { workspaceId }, include: { messages: true } }),
          prisma.commentThread.findMany({ where: { workspaceId }, include: { comments: true } }),
          prisma.draftLock.findMany(),
          prisma.connection.findMany({ where: { workspaceId } }),
          prisma.trigger.findMany({ where: { workspaceId } }),
          prisma.suggestion.findMany({ where: { workspaceId } }),
          prisma.experiment.findMany({ where: { workspaceId } }),
          prisma.file.count({ where: { workspaceId } }),
          prisma.upload.findMany({ where: { workspaceId } }),
          prisma.apikey.count(),
          prisma.invitation.findMany({ where: { organizationId: workspaceId } }),
          prisma.member.findMany({ where: { organizationId: workspaceId } }),
        ]),
      );
    },
  };
}
