import { catalogue } from '@/lib/chat/commands/catalogue';
import { can } from '@/lib/people/can';
import { putEntry } from '@/server/memory/put-entry';
import { startRun } from '@/server/runs/starting/start-run';
import { listBudgets } from '@/server/spending/budgets/list-budgets';
import { spendingOf } from '@/server/spending/thread-spending';
import { publishWorkflow } from '@/server/workflows/publish-workflow';
import { postMessage } from '../post-message';
import { type Act, type Asked, keyed, plain } from './act';
import { workflowNamed } from './find-workflow';
import { meantBy } from './workflow-input';

const none = { params: {}, query: {}, body: undefined };

async function begin(asked: Asked, mode: 'live' | 'rehearsal') {
  const { services, actor, key } = asked;
  const { id, name, value } = await meantBy(asked, mode === 'live' ? 'live' : 'draft');
  const run = await startRun(
    services,
    actor,
    {
      ...{ params: { id }, query: {} },
      body: { input: asked.input ?? value, mode, version: mode === 'live' ? 'live' : 'draft' },
    },
    keyed(key),
  );
  const result = `${mode === 'live' ? 'A run' : 'A rehearsal'} of “${plain(name)}” has begun.`;
  return { result, links: [{ label: 'Open run', href: `/runs/${run.id}` }] };
}

const publish: Act = async (asked) => {
  const { id, name } = await workflowNamed(asked);
  const input = { params: { id }, query: {}, body: { note: '' } };
  const { version } = await publishWorkflow(asked.services, asked.actor, input);
  return {
    result: `Version ${version} of “${plain(name)}” is live.`,
    links: [{ label: 'Open workflow', href: `/workflows/${id}` }],
  };
};

const question =
  'Summarise this conversation so far in at most eight short points: what was asked, what was found, what is open. Leave out commands.';

const summarise: Act = async ({ services, actor, thread, key }) => {
  const input = { params: { id: thread.id }, query: {}, body: { text: question } };
  await postMessage(services, actor, input, keyed(key));
  return { result: 'The summary was asked for: it is the next answer.' };
};

const remember: Act = async ({ services, actor, thread, argument, key }) => {
  const path = `notes/${key.slice(0, 8)}`;
  await putEntry(services, actor, {
    params: { space: { kind: 'thread', name: thread.id }, path },
    ...{ query: {}, body: { value: argument, strategy: 'last' } },
  });
  return {
    result: `It is in the memory of this chat, under \`${path}\`. Delete it there to forget it.`,
    links: [{ label: 'Open memory', href: '/memory' }],
  };
};

const budget: Act = async ({ services, actor, thread }) => {
  const [spent, { items }] = await Promise.all([
    spendingOf(services, actor, thread.id),
    listBudgets(services, actor, none),
  ]);
  const lines = items.map(
    ({ scopeName, window, capUsd, spentUsd }) =>
      `- ${plain(scopeName)}, ${window}: $${spentUsd} of $${capUsd} is spent`,
  );
  const budgets = lines.length === 0 ? 'There are no budgets.' : lines.join('\n');
  return {
    result: `This chat has cost $${spent.usd} in ${spent.runs} ${spent.runs === 1 ? 'run' : 'runs'}.\n\n${budgets}`,
    links: [{ label: 'Open spending', href: '/settings/spending' }],
  };
};

const help: Act = async ({ actor }) => {
  const mine = Object.values(catalogue).filter(({ permission }) => can(actor.role, permission));
  const lines = mine.map(({ name, hint, summary }) => {
    return `- \`/${name}${hint === '' ? '' : ` ${hint}`}\` ${summary}`;
  });
  return { result: lines.join('\n') };
};

const exportChat: Act = async ({ thread }) => ({
  result: 'The chat is ready as a Markdown file.',
  links: [{ label: 'Download Markdown', href: `/api/v2/threads/${thread.id}/export` }],
});

/** What each command does. */
export const acts: Readonly<Record<string, Act>> = {
  ...{ publish, summarise, remember, budget, help, export: exportChat },
  run: (asked) => begin(asked, 'live'),
  rehearse: (asked) => begin(asked, 'rehearsal'),
};
