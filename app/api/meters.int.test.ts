import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Services } from '@/server/services';
import { type Answer, ask } from './testing/client';
import { join, type Somebody, setUp, startApi } from './testing/people';

let services: Services;
let owner: Somebody & { workspaceId: string };

beforeAll(async () => {
  services = await startApi({
    ENSEMBLE_MAX_FILES: '1',
    ENSEMBLE_MAX_WORKSPACES: '3',
    ENSEMBLE_CHATS_PER_MINUTE: '4',
  });
  owner = await setUp();
});
afterAll(() => services?.close());

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort();
const upload = (name: string, raw: NonNullable<Parameters<typeof ask>[3]>['raw']) =>
  ask('POST', `/api/v2/files?name=${name}`, owner.headers, {
    raw,
    headers: { 'content-type': 'application/octet-stream' },
  });
const bytes = (size: number) => new Uint8Array(size).fill(97);

test('files of a workspace stay within its quota, however many come at once', async () => {
  const before = await services.prisma.file.aggregate({ _sum: { size: true } });
  const used = before._sum.size ?? 0;
  const size = Math.floor((1_000_000 - used) / 3);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => upload(`quota-${index}.txt`, bytes(size))),
  );
  expect(statuses(answers)).toEqual([201, 201, 201, ...Array(5).fill(413)]);
  await services.prisma.file.deleteMany({ where: { name: { startsWith: 'quota-' } } });
});

test('very many uploads at once are stored or told to come again, and never fail', async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, index) => upload(`many-${index}.txt`, bytes(5_000))),
  );
  const stored = answers.filter(({ status }) => status === 201).length;
  process.stdout.write(`60 uploads at once: ${stored} stored, ${60 - stored} told to come again\n`);
  // Of one person two at once, and half of the row.
  expect(stored).toBeGreaterThanOrEqual(12);
  expect(answers.filter(({ status }) => status !== 201 && status !== 503)).toEqual([]);
  const { rows } = await services.pool.query(
    "select count(*)::int as n, bool_and(sha256 = encode(sha256(data), 'hex')) as whole from file where name like 'many-%'",
  );
  expect(rows[0]).toEqual({ n: stored, whole: true });
});

test('an upload that breaks off is the sender’s, and no word about the database', async () => {
  const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
    },
  });
  const answer = await upload('broken.txt', broken);
  expect([answer.status, answer.body.error.code]).toEqual([400, 'malformed_body']);
});

test('a person owns so many workspaces, also when all are made at once', async () => {
  const viewer = await join(owner, 'viewer', 'Vera');
  const make = (headers: Record<string, string>) =>
    ask('POST', '/api/v2/workspaces', headers, { body: { name: 'Mine' } });
  const answers = await Promise.all(Array.from({ length: 10 }, () => make(viewer.headers)));
  // Five a minute are looked at, and three of them are what one person may own.
  expect(statuses(answers)).toEqual([201, 201, 201, 409, 409, ...Array(5).fill(429)]);
  expect(
    await services.prisma.member.count({ where: { userId: viewer.userId, role: 'owner' } }),
  ).toBe(3);
});

test('messages that may cost money are counted for a person over all threads', async () => {
  const agents = await ask('GET', '/api/v2/agents', owner.headers);
  const agentId = agents.body.items[0]?.id;
  const threads = await Promise.all(
    Array.from({ length: 10 }, () =>
      ask('POST', '/api/v2/threads', owner.headers, { body: { agentId } }),
    ),
  );
  const answers = await Promise.all(
    threads.map(({ body }) =>
      ask('POST', `/api/v2/threads/${body.id}/messages`, owner.headers, {
        body: { text: 'Hello' },
      }),
    ),
  );
  const sent = answers.filter(({ status }) => status < 300).length;
  expect(sent).toBe(4);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(6);
});
