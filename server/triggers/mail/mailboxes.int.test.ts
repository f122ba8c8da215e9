import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@/lib/people/schema';
import { at, listIn } from '@/lib/values/unknown';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { createConnection } from '@/server/connections/create-connection';
import { deleteConnection } from '@/server/connections/delete-connection';
import { getConnectionUses } from '@/server/connections/get-uses';
import { listConnectionUses } from '@/server/connections/list-uses';
import { updateConnection } from '@/server/connections/update-connection';
import { email, multipart, openImapServer } from '@/server/mail/testing/imap-server';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { localTls } from '@/server/testing/tls';
import { updateTrigger } from '../change-trigger';
import { createTrigger } from '../create-trigger';
import { listDeliveries, listTriggers } from '../list-triggers';
import { anEcho, anEditor } from '../testing/fixture';
import { lookAtMailbox } from './look-at-mailbox';
import { takeMailboxes } from './mailbox-store';
import { startMailWatch } from './watch-mailboxes';

type Server = Awaited<ReturnType<typeof openImapServer>>;
type Config = Parameters<typeof createTrigger>[2]['body']['config'] & object;
let env: Record<string, string>;
let all: Services[];
let services: Services;
let actor: Actor;
let server: Server;
let connection: string;
const open: Server[] = [];

beforeAll(async () => {
  env = { ...(await testEnvironment()), ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' };
  const config = withSecrets(loadConfig(env));
  all = await Promise.all(['one', 'two', 'three'].map((name) => createServices(config, name)));
  services = all[0] as Services;
  actor = { ...(await anEditor(services)), role: 'admin' };
  // The program that reads emails is made now.
  await Promise.all(
    all.map(({ documents }) => documents.mail({ bytes: new Uint8Array(), cut: false }, 'warm')),
  );
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await services.pool.query('delete from trigger');
});
afterAll(() => Promise.all(all.map((one) => one.close())));

const empty = { params: {}, query: {}, body: undefined };

/** A trigger on a mailbox of its own that has been looked at once: what was there starts nothing. */
async function watch(more: Partial<Config> = {}, live: number | null = 1) {
  server = await openImapServer();
  open.push(server);
  connection = `Mailbox ${randomUUID()}`;
  await createConnection(services, actor, {
    ...empty,
    body: {
      ...{
        name: connection,
        kind: 'imap',
        secret: 'right-password',
        allowedWorkflowIds: null,
        allowedUserIds: null,
      },
      config: {
        ...{ host: '127.0.0.1', port: server.port, security: 'tls', userName: 'ada' },
        certificate: localTls.cert,
      },
    },
  });
  const workflowId = await anEcho(services, actor, live);
  const { trigger } = await createTrigger(services, actor, {
    ...{ params: { id: workflowId }, query: {} },
    body: {
      ...{ kind: 'mail', name: '', enabled: true },
      config: {
        ...{ connection, folder: 'INBOX', from: '', subject: '', everyMinutes: 1, files: true },
        ...{ after: 'leave', moveTo: '', ...more },
      },
    },
  });
  server.deliver(email({ Subject: 'before' }, 'x'));
  await look();
  return { id: trigger.id, workflowId };
}

const makeDue = () => services.pool.query('update trigger_mailbox set look_at = now()');
/** Looks at all that is due in this many processes at once. */
async function look(processes = 1): Promise<void> {
  await makeDue();
  const signal = new AbortController().signal;
  await Promise.all(
    all.slice(0, processes).map(async (one) => {
      for (const taken of await takeMailboxes(one.pool, 10))
        await lookAtMailbox(one, taken, signal);
    }),
  );
}

async function inputsOf(id: string): Promise<unknown[]> {
  const { rows } = await services.pool.query<{ input: unknown }>(
    `select input from run where idempotency_key like $1 order by created_at, id`,
    [`trigger:${id}:mail:%`],
  );
  return rows.map(({ input }) => at(input, 'message'));
}
const subjects = async (id: string) =>
  (await inputsOf(id)).map((message) => at(message, 'subject')).sort();
const deliveries = async (id: string) =>
  (await listDeliveries(services, actor, { params: { id }, query: {}, body: undefined })).items;

it('starts one run for each new email that fits, with its files; others are passed over', async () => {
  const { id } = await watch({ from: '@shop', subject: 'Order' });
  const [body, type] = multipart([
    { type: 'text/plain', body: 'See the file.' },
    {
      type: 'text/csv; name=orders.csv',
      body: 'id\n1',
      head: 'Content-Disposition: attachment\r\n',
    },
  ]);
  server.deliver(email({ From: 'a@shop.example', Subject: 'Order 1' }, body, type));
  server.deliver(email({ From: 'a@other.example', Subject: 'Order 2' }, 'x'));
  server.deliver(email({ From: 'b@shop.example', Subject: 'Hello' }, 'x'));
  await look();
  await look();
  const messages = await inputsOf(id);
  expect(messages).toMatchObject([
    {
      ...{ from: 'a@shop.example', subject: 'Order 1', text: 'See the file.' },
      attachments: [{ name: 'orders.csv', mediaType: 'text/csv', size: 5 }],
    },
  ]);
  const file = at(listIn(at(messages[0], 'attachments'))[0], 'id');
  const { rows } = await services.pool.query('select data from file where id = $1', [file]);
  expect(String(rows[0]?.data)).toBe('id\n1\n');
  expect((await deliveries(id)).map(({ outcome }) => outcome)).toEqual(['started']);
  // Nothing was marked: the mailbox is opened for reading alone.
  expect(server.list('INBOX').some(({ read }) => read)).toBe(false);
});

it('three processes at once, round after round: each email starts one run', async () => {
  const { id } = await watch({ after: 'mark-read' });
  const sent: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let index = 0; index < 6; index += 1) {
      const subject = `Mail ${round}.${index}`;
      sent.push(subject);
      server.deliver(email({ Subject: subject }, 'x'));
    }
    await look(3);
  }
  const started = await subjects(id);
  const wrong = sent.filter((subject) => started.filter((one) => one === subject).length !== 1);
  process.stdout.write(
    `emails that did not start exactly one run: ${wrong.length} of ${sent.length}, in 3 processes\n`,
  );
  expect(wrong).toEqual([]);
  expect(started).toHaveLength(sent.length);
  expect(server.list('INBOX').filter(({ read }) => !read)).toHaveLength(1);
}, 120_000);

it('one that was overtaken starts nothing more and moves nothing', async () => {
  const { id } = await watch();
  for (const name of ['A', 'B', 'C']) server.deliver(email({ Subject: name }, 'x'));
  await makeDue();
  const [slow] = await takeMailboxes(services.pool, 1);
  if (slow === undefined) throw new Error('nothing is due');
  await look();
  await lookAtMailbox(services, slow, new AbortController().signal);
  expect(await subjects(id)).toEqual(['A', 'B', 'C']);
  expect(await deliveries(id)).toHaveLength(3);
});

it('a process that is killed between the run and the cursor: the same run is found, once', {
  tags: 'long',
  timeout: 60_000,
}, async () => {
  const { id } = await watch({ after: 'move', moveTo: 'Archive' });
  server.deliver(email({ Subject: 'Once' }, 'x'));
  await makeDue();
  const entry = join(import.meta.dirname, '..', 'testing', 'mailbox-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  child.kill('SIGKILL');
  await exited;
  expect(server.list('Archive')).toEqual([]);
  expect(await deliveries(id)).toEqual([]);
  await look();
  const [only, ...others] = await deliveries(id);
  expect([`started ${only?.run?.id}`, others.length]).toEqual([line, 0]);
  expect(await subjects(id)).toEqual(['Once']);
  expect(server.list('Archive')).toHaveLength(1);
});

it('a folder that is numbered anew: what was received since starts runs, the rest none', async () => {
  const { id } = await watch();
  server.deliver(email({ Subject: 'first' }, 'x'), { receivedAt: new Date(Date.now() + 60_000) });
  await look();
  server.deliver(email({ Subject: 'second' }, 'x'), { receivedAt: new Date(Date.now() + 120_000) });
  server.renumber('INBOX');
  await look();
  await look();
  expect(await subjects(id)).toEqual(['first', 'second']);
  expect((await deliveries(id)).map(({ outcome }) => outcome).sort()).toEqual([
    ...['skipped', 'started', 'started'],
  ]);
});

it('what comes while it is off or unpublished: the first starts nothing, the second waits', async () => {
  const { id, workflowId } = await watch();
  const change = (enabled: boolean) =>
    updateTrigger(services, actor, { params: { id }, query: {}, body: { enabled } });
  await change(false);
  server.deliver(email({ Subject: 'while off' }, 'x'));
  await look();
  await change(true);
  await look();
  server.deliver(email({ Subject: 'on again' }, 'x'));
  await look();
  expect(await subjects(id)).toEqual(['on again']);
  await services.pool.query('update workflow set live_version = null where id = $1', [workflowId]);
  server.deliver(email({ Subject: 'waits' }, 'x'));
  await look();
  expect(await subjects(id)).toEqual(['on again']);
  await services.pool.query('update workflow set live_version = 1 where id = $1', [workflowId]);
  await look();
  expect(await subjects(id)).toEqual(['on again', 'waits']);
});

it('a mailbox that cannot be read says so once, is left alone for longer, and goes on later', async () => {
  const { id, workflowId } = await watch();
  const { port } = server;
  await services.pool.query(
    `update connection set config = jsonb_set(config, '{port}', '9') where name = $1`,
    [connection],
  );
  await look();
  await look();
  const shown = async () =>
    (
      await listTriggers(services, actor, {
        params: { id: workflowId },
        query: {},
        body: undefined,
      })
    ).items[0];
  expect((await shown())?.problems).toEqual([expect.stringContaining('127.0.0.1')]);
  expect((await deliveries(id)).map(({ outcome }) => outcome)).toEqual(['failed']);
  const { rows } = await services.pool.query(
    `select look_at > now() + interval '50 seconds' as later, failures from trigger_mailbox`,
  );
  expect(rows).toEqual([{ later: true, failures: 2 }]);
  await services.pool.query(
    `update connection set config = jsonb_set(config, '{port}', to_jsonb($2::int)) where name = $1`,
    [connection, port],
  );
  server.deliver(email({ Subject: 'after' }, 'x'));
  await look();
  expect([await subjects(id), (await shown())?.problems]).toEqual([['after'], []]);
});

it('counts as a use of its connection: nobody deletes or renames that unasked', async () => {
  const { id, workflowId } = await watch();
  const { rows } = await services.pool.query<{ id: string }>(
    'select id from connection where name = $1',
    [connection],
  );
  const params = { id: rows[0]?.id ?? '' };
  const uses = [{ workflowId, steps: [], triggers: [{ id, name: 'Email received' }] }];
  const asked = { params, query: {}, body: undefined };
  expect((await getConnectionUses(services, actor, asked)).items).toMatchObject(uses);
  const { items } = await listConnectionUses(services, actor, empty);
  expect(items.find((one) => one.id === params.id)?.uses).toMatchObject(uses);
  const refused = { code: 'conflict', details: { uses } };
  await expect(deleteConnection(services, actor, asked)).rejects.toMatchObject(refused);
  const renaming = { params, query: {}, body: { name: 'Another' } };
  await expect(updateConnection(services, actor, renaming)).rejects.toMatchObject(refused);
});

it('hostile emails start their run and hold up no other one', async () => {
  const { id } = await watch();
  server.deliver(Buffer.from([0, 255, 254, 13, 10, 0, 1, 2]));
  server.deliver(`Subject: many\r\n${'X: y\r\n'.repeat(300_000)}\r\nx`);
  server.deliver(email({ Subject: `${'<b>'.repeat(9_999)}\u202E` }, '\0'.repeat(50_000)));
  server.deliver(email({ Subject: 'fine' }, 'x'));
  await look();
  expect(await inputsOf(id)).toHaveLength(4);
  expect((await subjects(id)).includes('fine')).toBe(true);
});

it('a worker looks by itself', async () => {
  const { id } = await watch();
  server.deliver(email({ Subject: 'by itself' }, 'x'));
  await makeDue();
  const watching = startMailWatch(services);
  try {
    await eventually(async () => expect(await subjects(id)).toEqual(['by itself']));
  } finally {
    await watching.stop();
  }
});
