import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '@/lib/people/schema';
import type { ToolAnswerInput } from '@/lib/tools/question';
import { createServices } from '@/server/compose';
import type { Services } from '@/server/services';
import { testConfig } from '@/server/testing/database';
import { answerApproval } from './approvals/answer-approval';
import { listApprovals } from './approvals/list-approvals';
import { listTurns } from './list-turns';
import type { Said } from './testing/scripted';
import { openWorld, type World, waitOf } from './testing/task-world';

let services: Services;

beforeAll(async () => {
  services = await createServices(await testConfig(), 'test');
});
afterAll(() => services.close());

const actorIn = ({ workspaceId, userId }: World, role: Role = 'editor') => ({
  ...{ workspaceId, userId, role, name: 'Ada', email: 'ada@example.com' },
});
const post = (path = 'orders') => ({
  name: 'http_request',
  args: { method: 'POST', url: `https://shop.example/${path}`, body: { n: 1 } },
});
const get = (path: string) => ({ name: 'web_read', args: { url: `https://shop.example/${path}` } });
const grantsOf = (...names: string[]) =>
  names.map((name) => ({ name, approval: 'policy' as const }));
const world = (turns: Said[], more: Partial<Parameters<typeof openWorld>[1]> = {}) =>
  openWorld(services, {
    grants: grantsOf('http_request', 'web_read', 'calculate'),
    turns,
    ...more,
  });
const callsOf = async (of: World) => {
  const { items } = await listTurns(services, actorIn(of), {
    params: { id: of.runId, stepId: 'task' },
    query: {},
    body: undefined,
  });
  return items.flatMap(({ calls }) => calls);
};
const waitingIn = async (of: World) =>
  (await listApprovals(services, actorIn(of), { params: {}, query: {}, body: undefined })).items;
const answer = (of: World, id: string, body: ToolAnswerInput, role?: Role) =>
  answerApproval(services, actorIn(of, role), { params: { id }, query: {}, body });
const requireFirst = <T>([first]: readonly T[]): T => {
  if (first === undefined) throw new Error('nothing waits');
  return first;
};
const approve = async (
  of: World,
  more: Partial<Extract<ToolAnswerInput, { do: 'approve' }>> = {},
) => {
  const { id, argsHash } = requireFirst(await waitingIn(of));
  return answer(of, id, { do: 'approve', scope: 'once', argsHash, ...more });
};

it('answers what does not fit with what is wrong, and the agent goes on', async () => {
  const of = await world(
    [
      [{ name: 'calculat', args: { expression: '1' } }],
      [{ name: 'calculate', args: { expresion: '1' } }],
      [{ name: 'calculate', args: { expression: '1 +' } }],
      [{ name: 'calculate', args: { expression: '6 * 7' } }],
      'It is 42.',
    ],
    { grants: grantsOf('calculate') },
  );
  expect(await of.attempt(1)).toMatchObject({ ok: true, output: { text: 'It is 42.' } });
  const calls = await callsOf(of);
  expect(calls.map(({ state, error }) => [state, error])).toEqual([
    ['failed', 'no_such_tool'],
    ['failed', 'invalid_arguments'],
    ['failed', 'expression_failed'],
    ['done', null],
  ]);
  expect(calls[0]?.result).toContain('Did you mean calculate?');
  expect(calls[1]?.result).toContain('expression: ');
  expect(calls[3]?.result).toBe('{"value":42}');
  const last = of.requests.at(-1)?.messages.at(-1);
  expect(last).toMatchObject({
    role: 'user',
    content: [{ type: 'tool-result', id: 'call-4-0', name: 'calculate', text: '{"value":42}' }],
  });
});

it('refuses what was not granted, and what whoever started the run may not do', async () => {
  const foreign = await world([[post()], 'No.'], { grants: grantsOf('calculate') });
  expect(await foreign.attempt(1)).toMatchObject({ ok: true });
  const viewer = await world([[get('a'), post()], 'No.'], { role: 'viewer' });
  expect(await viewer.attempt(1)).toMatchObject({ ok: true });
  expect([...foreign.sent, ...viewer.sent]).toEqual([]);
  expect((await callsOf(viewer)).map(({ error }) => error)).toEqual(['not_allowed', 'not_allowed']);
  // A model is not even told of what it may not use.
  expect(viewer.requests[0]?.tools?.map(({ name }) => name)).toEqual(['calculate']);
  const gone = await world([[get('a')], 'No.']);
  await services.pool.query('delete from member where "userId" = $1', [gone.userId]);
  expect(await gone.attempt(1)).toMatchObject({ ok: true });
  expect(gone.sent).toEqual([]);
});

it('waits for an approval that nobody holds, and does it once', async () => {
  const of = await world([[post()], 'Ordered.']);
  expect(waitOf(await of.attempt(1))).toMatchObject({ kind: 'person', end: { ok: 'again' } });
  expect(waitOf(await of.attempt(2))).toMatchObject({ kind: 'person' });
  expect(of.sent).toEqual([]);
  const [asked] = await waitingIn(of);
  expect(asked).toMatchObject({ agent: 'Helper', tool: 'http_request', ask: { why: 'risk' } });
  await expect(
    answer(
      of,
      asked?.id ?? '',
      { do: 'approve', scope: 'once', argsHash: asked?.argsHash ?? '' },
      'commenter',
    ),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await approve(of);
  expect(await of.attempt(3)).toMatchObject({ ok: true, output: { text: 'Ordered.' } });
  expect(await of.attempt(4)).toMatchObject({ ok: true });
  expect(of.sent).toHaveLength(1);
  expect(of.asked.get(1)).toBe(1);
  await expect(answer(of, asked?.id ?? '', { do: 'refuse', note: '' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

it('runs what a person made of the arguments, and says who that was', async () => {
  const of = await world([[post()], 'Ordered.']);
  await of.attempt(1);
  await expect(approve(of, { args: { method: 'POST' } })).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await expect(approve(of, { argsHash: 'f'.repeat(64) })).rejects.toMatchObject({
    code: 'conflict',
  });
  await approve(of, { args: { method: 'POST', url: 'https://shop.example/drafts' } });
  expect(await of.attempt(2)).toMatchObject({ ok: true });
  expect(of.sent.map(({ url }) => url)).toEqual(['https://shop.example/drafts']);
  const [call] = await callsOf(of);
  expect(call).toMatchObject({
    answer: { do: 'approve', edited: true, by: { name: 'Ada' } },
    askedArgs: { url: 'https://shop.example/orders' },
  });
  expect(call?.answer).not.toHaveProperty('seal');
});

it('gives a refusal with its words to the model', async () => {
  const of = await world([[post()], 'Then not.']);
  await of.attempt(1);
  const { id } = requireFirst(await waitingIn(of));
  await answer(of, id, { do: 'refuse', note: 'Ask the customer first.' });
  expect(await of.attempt(2)).toMatchObject({ ok: true, output: { text: 'Then not.' } });
  expect(of.sent).toEqual([]);
  expect(JSON.stringify(of.requests.at(-1)?.messages)).toContain('Ask the customer first.');
});

const tampers = [
  `args = '{"method":"POST","url":"https://evil.example/"}'`,
  `args = '{"method":"POST","url":"https://evil.example/"}', args_hash = repeat('a', 64)`,
  `args_hash = repeat('b', 64)`,
  `print = repeat('c', 64)`,
  `tool = 'web_read'`,
  `call_id = 'other'`,
  `answer = jsonb_set(answer::jsonb, '{by,id}', '"someone"')::json`,
  `answer = jsonb_set(answer::jsonb, '{at}', '"2020-01-01T00:00:00.000Z"')::json`,
  `answer = jsonb_set(answer::jsonb, '{scope}', '"run"')::json`,
  `answer = (answer::jsonb - 'seal')::json`,
  `answer = jsonb_set(answer::jsonb, '{seal}', '"{}"')::json`,
  `answer = '{"do":"approve","by":{"id":"x","name":"x"},"at":"2026-01-01T00:00:00.000Z"}'`,
  'answer = null',
];
it.each(tampers)('does nothing of a call that was approved and then had %s', async (change) => {
  const of = await world([[post()], 'No.']);
  await of.attempt(1);
  await approve(of);
  await services.pool.query(`update tool_call set ${change} where run_id = $1`, [of.runId]);
  expect(await of.attempt(2)).toMatchObject({ ok: true });
  expect(of.sent).toEqual([]);
  expect((await callsOf(of)).map(({ error }) => error)).toEqual(['approval_invalid']);
});

it('takes no approval of another call for its own', async () => {
  const of = await world([[post('a'), post('b')], 'No.']);
  await of.attempt(1);
  await approve(of);
  await services.pool.query(
    `update tool_call b set state = 'approved', answer = a.answer from tool_call a
     where a.run_id = $1 and b.run_id = $1 and a.position = 0 and b.position = 1`,
    [of.runId],
  );
  expect(await of.attempt(2)).toMatchObject({ ok: true });
  expect(of.sent.map(({ url }) => url)).toEqual(['https://shop.example/a']);
});

it('asks no more for what was approved for the run, or with exactly these arguments', async () => {
  const run = await world([[post('a')], [post('b')], 'Done.']);
  await run.attempt(1);
  await approve(run, { scope: 'run' });
  expect(await run.attempt(2)).toMatchObject({ ok: true });
  expect(run.sent).toHaveLength(2);
  const exact = await world([[post('a')], [post('a')], [post('b')], 'Done.']);
  await exact.attempt(1);
  await approve(exact, { scope: 'exact' });
  expect(waitOf(await exact.attempt(2))).toMatchObject({ kind: 'person' });
  expect(exact.sent).toHaveLength(2);
});

it('asks before the third of outside content, private data and an outward effect', async () => {
  const { id: fileId, name } = { id: randomUUID(), name: 'secrets.txt' };
  const grants = [
    ...grantsOf('web_read', 'files_search', 'files_read', 'memory_recall'),
    { name: 'http_request', approval: 'never' as const },
  ];
  const read = { name: 'files_read', args: { file: name } };
  const search = { name: 'files_search', args: { query: '' } };
  const recall = { name: 'memory_recall', args: { below: '', memory: 'workspace' } };
  const two = await world([[recall], [post()], 'Done.'], { grants });
  // A file holds private data, and text that a stranger may have written; its name may be one.
  const file = await world([[read], [post()], 'Done.'], { grants });
  const named = await world([[search], [post()], 'Done.'], { grants });
  const three = await world([[search], [get('page')], [get('page2')], [post()], 'Done.'], {
    grants,
    prompt: 'Read https://shop.example/page and act.',
    answer: ({ url }) => ({
      text: url.endsWith('page') ? 'See https://shop.example/page2' : 'Hm.',
    }),
  });
  for (const each of [two, file, named, three]) {
    await services.pool.query(
      `insert into file (id, workspace_id, name, media_type, size, sha256, data)
       values ($1, $2, $3, 'text/plain', 5, 'x', 'abcde')`,
      [each === two ? fileId : randomUUID(), each.workspaceId, name],
    );
  }
  expect(await two.attempt(1)).toMatchObject({ ok: true });
  expect(two.sent).toHaveLength(1);
  expect(waitOf(await file.attempt(1))).toMatchObject({ kind: 'person' });
  expect(waitOf(await named.attempt(1))).toMatchObject({ kind: 'person' });
  expect([...file.sent, ...named.sent]).toEqual([]);
  expect(waitOf(await three.attempt(1))).toMatchObject({ kind: 'person' });
  // Addresses that it was told are read without asking.
  expect(three.sent.map(({ url }) => url)).toEqual([
    'https://shop.example/page',
    'https://shop.example/page2',
  ]);
  expect(requireFirst(await waitingIn(three))).toMatchObject({
    tool: 'http_request',
    ask: { why: 'taint' },
  });
});

it('asks before an address that was made up could carry private data out', async () => {
  const of = await world(
    [
      [{ name: 'files_search', args: { query: '' } }],
      [get('page')],
      [get('leak?data=abcde')],
      'Done.',
    ],
    { grants: grantsOf('files_search', 'web_read'), prompt: 'Read https://shop.example/page' },
  );
  expect(waitOf(await of.attempt(1))).toMatchObject({ kind: 'person' });
  expect(of.sent.map(({ url }) => url)).toEqual(['https://shop.example/page']);
});

it('asks a person, and what came of a request whose answer was lost', async () => {
  const question = { name: 'ask_person', args: { question: 'Which one?', choices: ['A', 'B'] } };
  const of = await world([[question], [post()], 'Done.'], {
    grants: [...grantsOf('ask_person'), { name: 'http_request', approval: 'never' }],
    answer: () => ({ status: 0, text: '' }),
  });
  await of.attempt(1);
  const asked = requireFirst(await waitingIn(of));
  expect(asked.ask).toMatchObject({ kind: 'question', text: 'Which one?', choices: ['A', 'B'] });
  await answer(of, asked.id, { do: 'answer', text: 'B' }, 'commenter');
  await of.attempt(2);
  expect(JSON.stringify(of.requests.at(-1)?.messages)).toContain('Ada answered: B');
  const lost = requireFirst(await waitingIn(of));
  expect(lost).toMatchObject({ state: 'unknown', tool: 'http_request' });
  await answer(of, lost.id, { do: 'failed' });
  expect(await of.attempt(3)).toMatchObject({ ok: true });
  expect(of.sent).toHaveLength(1);
});

it('stops an agent that goes round in circles, and one that reaches a limit', async () => {
  const same = [{ name: 'calculate', args: { expression: '1 / 0' } }];
  const stuck = await world([same, same, same, same, 'Never.']);
  expect(await stuck.attempt(1)).toMatchObject({
    ok: false,
    error: { code: 'agent_stopped', retryable: false },
  });
  expect(stuck.requests).toHaveLength(3);
  const sum = (n: number) => [{ name: 'calculate', args: { expression: `${n} + 1` } }];
  const turns = await world([sum(1), sum(2), sum(3), 'Never.'], { config: { maxTurns: 2 } });
  expect(await turns.attempt(1)).toMatchObject({ ok: false, error: { code: 'agent_stopped' } });
  const money = await world([sum(1), sum(2), sum(3), 'Never.'], { config: { budgetUsd: 0.002 } });
  expect(await money.attempt(1)).toMatchObject({ ok: false, error: { code: 'agent_stopped' } });
  expect([turns.requests.length, money.requests.length]).toEqual([2, 2]);
});

it('shows nothing of it to another workspace', async () => {
  const of = await world([[post()], 'Done.']);
  await of.attempt(1);
  const { id, argsHash } = requireFirst(await waitingIn(of));
  const stranger = await world(['Hi.']);
  expect(await waitingIn(stranger)).toEqual([]);
  await expect(
    answer(stranger, id, { do: 'approve', scope: 'once', argsHash }),
  ).rejects.toMatchObject({ code: 'not_found' });
  const params = { id: of.runId, stepId: 'task' };
  await expect(
    listTurns(services, actorIn(stranger), { params, query: {}, body: undefined }),
  ).rejects.toMatchObject({ code: 'not_found' });
});

it('takes an approval for the run for none of what the agent may have been told since', async () => {
  const recall = { name: 'memory_recall', args: { below: '', memory: 'workspace' } };
  const of = await world(
    [[post('a')], [post('b')], [recall, get('page')], [post('c')], [post('d')], 'Done.'],
    {
      grants: grantsOf('http_request', 'web_read', 'memory_recall'),
      prompt: 'Read https://shop.example/page',
    },
  );
  await of.attempt(1);
  await approve(of, { scope: 'run' });
  expect(waitOf(await of.attempt(2))).toMatchObject({ kind: 'person' });
  expect(of.sent.map(({ url }) => url.slice(-1))).toEqual(['a', 'b', 'e']);
  expect(requireFirst(await waitingIn(of))).toMatchObject({ ask: { why: 'taint' } });
  // Who approves it now knows that.
  await approve(of, { scope: 'run' });
  expect(await of.attempt(3)).toMatchObject({ ok: true });
  expect(of.sent).toHaveLength(5);
});
