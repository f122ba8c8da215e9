import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type NotificationKind, notificationKinds } from '@/lib/notifications/contract';
import type { NotificationSettings } from '@/lib/notifications/settings-contract';
import type { Actor } from '@/lib/people/schema';
import { createServices } from '@/server/compose';
import { loadConfig, withSecrets } from '@/server/config';
import { createConnection } from '@/server/connections/create-connection';
import { openMailServer } from '@/server/mail/testing/mail-server';
import { addPerson, addWorkflow } from '@/server/realtime/testing/fixture';
import { makeWorkspace } from '@/server/runs/testing/harness';
import type { Services } from '@/server/services';
import { testEnvironment } from '@/server/testing/database';
import { eventually } from '@/server/testing/eventually';
import { localTls } from '@/server/testing/tls';
import { sign } from '@/server/triggers/verify/signature';
import { listNotifications } from '../list-notifications';
import { putChoice } from '../settings/choices';
import { putNotificationSettings, testNotification } from '../settings/settings';
import { deliver } from './deliver';
import { insertEvent, takeDue } from './delivery-store';
import { listNotificationDeliveries } from './list-deliveries';
import { startDeliverer } from './watch-deliveries';

const password = 'right-password';
const secret = 'whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5';
const none = { params: {}, query: {} };

let env: Record<string, string>;
let services: Services;
let other: Services;
let mail: Awaited<ReturnType<typeof openMailServer>>;
let hook: Awaited<ReturnType<typeof openHook>>;
let ada: Actor;
let workflowId: string;

/** A receiver of webhooks on this machine that keeps what it gets, and may answer with the secret. */
async function openHook() {
  const got: { headers: Record<string, string | string[] | undefined>; body: string }[] = [];
  const state = { status: 200 };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => {
      body += part.toString('utf8');
    });
    request.on('end', () => {
      got.push({ headers: request.headers, body });
      response.writeHead(state.status).end(`not ${secret}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { got, state, host, close: () => server.close() };
}

beforeAll(async () => {
  env = { ...(await testEnvironment()), ENSEMBLE_EGRESS_ALLOW: '127.0.0.1' };
  const config = withSecrets(loadConfig(env));
  services = await createServices(config, 'test');
  other = await createServices(config, 'other');
});
beforeEach(async () => {
  mail = await openMailServer();
  hook = await openHook();
  const workspaceId = await makeWorkspace(services.pool);
  const person = await addPerson(services, workspaceId, 'admin', 'Ada');
  ada = { ...person, email: `${person.userId}@example.com`, role: 'admin', workspaceId };
  workflowId = await addWorkflow(services, workspaceId);
  const mailConfig = { host: '127.0.0.1', port: mail.port, security: 'starttls' as const };
  const rest = { userName: 'ada', from: 'Shop <shop@example.com>', certificate: localTls.cert };
  const smtp = { ...mailConfig, ...rest };
  await add({ name: 'Mail', kind: 'smtp', config: smtp, secret: password });
  await add({ name: 'Hook', kind: 'signature', config: { hosts: [hook.host] }, secret });
  await set({});
});
afterEach(async () => {
  await services.pool.query('delete from notification_delivery');
  await mail.close();
  hook.close();
});
afterAll(async () => {
  await Promise.all([services.close(), other.close()]);
});

type Body = Parameters<typeof createConnection>[2]['body'];
const add = (body: object) =>
  createConnection(services, ada, {
    ...none,
    body: { allowedWorkflowIds: null, allowedUserIds: null, ...body } as Body,
  });
const set = (given: Partial<NotificationSettings>) =>
  putNotificationSettings(services, ada, {
    ...none,
    body: {
      ...{ triggeredTo: 'publisher', mailConnection: 'Mail' },
      webhook: {
        ...{ url: `http://${hook.host}/in`, connection: 'Hook', events: ['run.failed'] },
      },
      ...given,
    },
  });
/** What happens to a person, by whatever statement makes notifications. */
async function notify(kind: NotificationKind, userId = ada.userId, subject: object = {}) {
  const { rows } = await services.pool.query<{ id: string }>(
    `insert into notification (id, workspace_id, user_id, kind, subject)
     values (gen_random_uuid(), $1, $2, $3, $4) returning id`,
    [
      ...[ada.workspaceId, userId, kind],
      JSON.stringify({ workflowId, runId: randomUUID(), stepId: 'pay', text: 'Gone.', ...subject }),
    ],
  );
  return rows[0]?.id ?? '';
}
const tell = (event = 'run.failed') =>
  insertEvent(services.pool, { workspaceId: ada.workspaceId, workflowId }, event, { runId: 'r1' });
const never = new AbortController().signal;
async function send() {
  for (const due of await takeDue(services.pool, 100)) await deliver(services, due, never);
}
const makeDue = () =>
  services.pool.query("update notification_delivery set next_at = now() where state = 'due'");
const deliveries = async () => {
  const query = { limit: 100, cursor: undefined };
  const asked = { params: {}, query, body: undefined };
  return (await listNotificationDeliveries(services, ada, asked)).items;
};

test('a notification reaches its person by email, with where to look, and once', async () => {
  await services.pool.query(
    "update workflow set name = E'Bills\\r\\nBcc: eve@example.com' where id = $1",
    [workflowId],
  );
  await notify('failed', ada.userId, { runId: 'the-run', text: 'No such customer' });
  await send();
  await makeDue();
  await send();
  expect(mail.received).toHaveLength(1);
  const [{ to, text: raw } = { to: [], text: '' }] = mail.received;
  const text = raw.replaceAll('=\r\n', '');
  expect(to).toEqual([ada.email]);
  expect(text).toContain('Subject: Bills Bcc: eve@example.com: A run failed');
  expect(text).not.toMatch(/^Bcc:/im);
  expect(text).toContain('No such customer');
  expect(text).toContain('/runs/the-run?step=3Dpay');
  expect(text).toContain('/settings/notifications');
  expect(await deliveries()).toMatchObject([
    { channel: 'mail', event: 'failed', person: 'Ada', state: 'sent', attempts: 1, error: null },
  ]);
});

test('each kind goes as it was chosen: what somebody turned off reaches them nowhere', async () => {
  const list = async () => {
    const query = { limit: 50, unread: undefined, waiting: undefined, cursor: undefined };
    return (await listNotifications(services, ada, { params: {}, query, body: undefined })).items;
  };
  for (const [bell, email] of [
    [true, false],
    [false, true],
    [false, false],
    [true, true],
  ] as const) {
    await services.pool.query('delete from notification where workspace_id = $1', [
      ada.workspaceId,
    ]);
    mail.received.length = 0;
    for (const kind of notificationKinds) {
      await putChoice(services, ada, { ...none, body: { kind, bell, email } });
      await notify(kind);
    }
    await send();
    expect(mail.received).toHaveLength(email ? notificationKinds.length : 0);
    expect(await list()).toHaveLength(bell ? notificationKinds.length : 0);
  }
});

test('nobody gets what is not theirs: who left, what was deleted, what was read, no server', async () => {
  const left = await addPerson(services, ada.workspaceId, 'editor', 'Left');
  await notify('failed', left.userId);
  await services.pool.query('delete from member where "userId" = $1', [left.userId]);
  const read = await notify('failed');
  await services.pool.query('update notification set read_at = now() where id = $1', [read]);
  await notify('failed', ada.userId, {
    workflowId: await addWorkflow(services, await makeWorkspace(services.pool)),
  });
  await send();
  expect(mail.received).toEqual([]);
  await notify('failed');
  await services.pool.query('update workflow set deleted_at = now() where id = $1', [workflowId]);
  await send();
  expect([mail.received, await deliveries()]).toEqual([[], []]);
  await set({ mailConnection: null });
  await notify('budget', ada.userId, { workflowId: undefined });
  expect(await deliveries()).toEqual([]);
});

test('a server that is away is tried again, one that refuses is not, and both say why', async () => {
  const { port } = mail;
  await mail.close();
  await notify('failed');
  await send();
  expect(await deliveries()).toMatchObject([
    { state: 'due', attempts: 1, error: expect.stringContaining('127.0.0.1') },
  ]);
  mail = await openMailServer();
  await services.pool.query(
    "update connection set config = jsonb_set(config, '{port}', $1) where name = 'Mail' and workspace_id = $2",
    [String(mail.port), ada.workspaceId],
  );
  expect(port).not.toBe(mail.port);
  await makeDue();
  await send();
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  await services.pool.query('delete from notification_delivery');
  await add({
    ...{ name: 'Wrong', kind: 'smtp', secret: 'canary-password' },
    config: {
      ...{ host: '127.0.0.1', port: mail.port, security: 'starttls', userName: 'ada' },
      ...{ from: 'shop@example.com', certificate: localTls.cert },
    },
  });
  await set({ mailConnection: 'Wrong' });
  await testNotification(services, ada, { ...none, body: { channel: 'mail' } });
  await send();
  const [failed] = await deliveries();
  expect(failed).toMatchObject({ state: 'failed', event: 'test', attempts: 1 });
  expect(failed?.error).toContain('rejected the user name or password');
  expect(failed?.error).not.toContain('canary-password');
});

test('an event is signed, comes under one id at each attempt, and its failures say why', async () => {
  hook.state.status = 503;
  await tell();
  await tell('run.waiting');
  await send();
  expect(await deliveries()).toMatchObject([
    { state: 'due', channel: 'webhook', error: 'The receiver answered with 503.' },
  ]);
  hook.state.status = 204;
  await makeDue();
  await send();
  expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  expect(hook.got.map(({ headers }) => headers['webhook-id'])).toEqual([
    hook.got[0]?.headers['webhook-id'],
    hook.got[0]?.headers['webhook-id'],
  ]);
  const [{ headers, body } = { headers: {}, body: '' }] = hook.got;
  const given = {
    id: String(headers['webhook-id']),
    timestamp: String(headers['webhook-timestamp']),
  };
  expect(headers['webhook-signature']).toBe(sign(secret, { ...given, body }));
  expect(JSON.parse(body)).toMatchObject({ type: 'run.failed', data: { runId: 'r1' } });
  await services.pool.query('delete from notification_delivery');
  hook.state.status = 400;
  await tell();
  await send();
  expect(await deliveries()).toMatchObject([
    { state: 'failed', error: 'The receiver answered with 400.' },
  ]);
  expect(JSON.stringify(await deliveries())).not.toContain(secret);
});

test('a connection that is gone, of another kind, or for another host sends nothing', async () => {
  await expect(set({ mailConnection: 'Hook' })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(set({ mailConnection: 'Nobody' })).rejects.toMatchObject({ code: 'invalid_input' });
  const elsewhere = {
    url: 'http://127.0.0.1:9/in',
    connection: 'Hook',
    events: ['run.failed' as const],
  };
  await set({ webhook: elsewhere });
  await tell();
  await notify('failed');
  await services.pool.query("delete from connection where name = 'Mail' and workspace_id = $1", [
    ada.workspaceId,
  ]);
  await send();
  expect((await deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed']);
  expect((await deliveries()).map(({ error }) => error).join(' ')).toMatch(
    /(no connection "Mail".*only for|only for.*no connection "Mail")/,
  );
  expect([hook.got, mail.received]).toEqual([[], []]);
});

test('two processes that send at once send each one once', async () => {
  const many = 60;
  await Promise.all(Array.from({ length: many }, () => notify('failed')));
  await Promise.all(Array.from({ length: many }, () => tell()));
  const both = [services, other].map((each) => startDeliverer(each));
  await eventually(() => expect(mail.received.length + hook.got.length).toBe(2 * many), 60_000);
  await eventually(async () =>
    expect((await deliveries()).every(({ state }) => state === 'sent')).toBe(true),
  );
  await Promise.all(both.map((each) => each.stop()));
  const ids = mail.received.map(({ text }) => /^Message-ID: (.*)$/im.exec(text)?.[1]);
  expect(new Set(ids).size).toBe(many);
  expect(new Set(hook.got.map(({ headers }) => headers['webhook-id'])).size).toBe(many);
}, 90_000);

test('a process that dies after it took them loses none', async () => {
  await notify('failed');
  await tell();
  const entry = join(import.meta.dirname, '..', 'testing', 'taking-process.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', entry], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  expect(line).toBe('took 2');
  child.kill('SIGKILL');
  await exited;
  // They are its own until its lease is over.
  await send();
  expect([mail.received.length, hook.got.length]).toEqual([0, 0]);
  await makeDue();
  await send();
  expect([mail.received.length, hook.got.length]).toEqual([1, 1]);
  expect((await deliveries()).map(({ attempts }) => attempts)).toEqual([2, 2]);
}, 60_000);
