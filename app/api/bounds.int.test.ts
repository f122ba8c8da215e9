import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '@/server/services';
import { ask } from './testing/client';
import { type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };
let workflowId: string;
let threadId: string;

beforeAll(async () => {
  services = await startApi();
  owner = await setUp();
  const list = await ask('GET', '/api/v2/workflows', owner.headers);
  workflowId = list.body.items[0].id;
  const made = await ask('POST', `/api/v2/workflows/${workflowId}/comments`, owner.headers, {
    body: { anchor: { kind: 'workflow' }, body: 'Look.' },
  });
  threadId = made.body.id;
});
afterAll(() => services?.close());

const zero = '0000-01-01T00:00:00.000Z';
const cursor = encodeURIComponent(`${zero},00000000-0000-4000-8000-000000000000`);
const run = '00000000-0000-4000-8000-000000000000';

test.each<[string, string, unknown?]>([
  ['GET', `/runs/${run}/events?after=2147483648`],
  ['GET', `/runs/${run}/events?after=9007199254740991`],
  ['POST', '/workflows/WORKFLOW/runs', { version: 2147483648 }],
  ['POST', '/workflows/WORKFLOW/runs', { version: 9007199254740991 }],
  ['GET', `/workflows?cursor=${cursor}`],
  ['GET', `/runs?cursor=${cursor}`],
  ['GET', `/files?cursor=${cursor}`],
  ['GET', `/threads?cursor=${cursor}`],
  ['GET', `/notifications?cursor=${cursor}`],
  ['GET', `/workflows/WORKFLOW/comments?cursor=${cursor}`],
  ['GET', `/workflows/WORKFLOW/suggestions?cursor=${cursor}`],
  ['POST', '/comments/COMMENTS/read', { at: zero }],
  ['POST', '/workflows/WORKFLOW/locks', { nodeIds: ['not-there'] }],
  ['POST', '/workflows/WORKFLOW/locks', { expiresAt: zero }],
])('%s %s %o is refused, and is no fault of ours', async (method, path, body) => {
  const place = path.replace('WORKFLOW', workflowId).replace('COMMENTS', threadId);
  const answer = await ask(method, `/api/v2${place}`, owner.headers, body ? { body } : {});
  expect([answer.status, answer.body.error.code], JSON.stringify(answer.body)).toEqual([
    400,
    'invalid_input',
  ]);
});
