import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { catalogue } from '@/lib/nodes/catalogue';
import { addNode } from '@/lib/workflows/edits/edits';
import type { Definition } from '@/lib/workflows/schema';
import { DraftConnection } from '../draft/draft-connection';
import type { DraftCopy, DraftStatus } from '../draft-status';
import type { OfflineStore } from '../offline-store/offline-store';
import { createWire } from '../socket';
import type { Wire } from '../wire';

const root = join(import.meta.dirname, '../../..');
let server: ChildProcess;
/** Where it listens. */
export let url: string;
export const closing: (() => void)[] = [];
let requested = 0;

/** Has the server process of these tests do something; see server/realtime/testing/harness-main. */
export function have<Result>(command: object): Promise<Result> {
  requested += 1;
  const id = requested;
  return new Promise((resolve, reject) => {
    const listener = (message: { id: number; result: Result; error?: string }) => {
      if (message.id !== id) return;
      server.off('message', listener);
      if (message.error) reject(new Error(message.error));
      else resolve(message.result);
    };
    server.on('message', listener);
    server.send({ id, command });
  });
}

/** A server in a process of its own for the tests of a file. Files share modules, so each calls this by itself. */
export function startLiveServer(): void {
  beforeAll(async () => {
    const admin = new Client({ connectionString: inject('postgresUrl' as never) });
    const name = `test_${randomBytes(6).toString('hex')}`;
    await admin.connect();
    await admin.query(`create database ${name} template template_migrated`);
    await admin.end();
    const environment = {
      DATABASE_URL: (inject('postgresUrl' as never) as string).replace(/[^/]+$/, name),
      ENSEMBLE_DATA_DIR: mkdtempSync(join(tmpdir(), 'ensemble-harness-')),
      ENSEMBLE_LOG: 'silent',
    };
    const script = join(root, 'server/realtime/testing/harness-main.ts');
    server = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(environment)], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await new Promise((resolve, reject) => {
      server.once('message', resolve);
      server.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
    });
    url = await have<string>({ do: 'start' });
  });
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  afterAll(() => {
    server?.disconnect();
  });
}

export type Person = { userId: string; cookie: string };

export function open(
  workflowId: string,
  person: Person,
  keep?: OfflineStore,
  wire: Wire & { close(): void } = createWire(url, { cookie: person.cookie }),
): DraftConnection {
  const connection = new DraftConnection({
    wire,
    workflowId,
    catalogue,
    userId: person.userId,
    ...(keep ? { keep } : {}),
  });
  closing.push(() => {
    connection.stop();
    wire.close();
  });
  connection.start();
  return connection;
}

/** A wire that a test can take away for a while, as a tunnel does. */
export function createTunnel(person: Person) {
  const real = createWire(url, { cookie: person.cookie });
  const listeners = new Set<(connected: boolean) => void>();
  let through = true;
  const wire: Wire & { close(): void } = {
    ...real,
    connected: () => through && real.connected(),
    request: (name, message) =>
      through
        ? real.request(name, message)
        : new Promise(() => {
            // Never answered.
          }),
    on: (name, handler) => real.on(name, (message) => through && handler(message)),
    onStatus(handler) {
      listeners.add(handler);
      const stop = real.onStatus((connected) => through && handler(connected));
      return () => {
        listeners.delete(handler);
        stop();
      };
    },
  };
  const set = (now: boolean) => {
    through = now;
    for (const listener of listeners) listener(now);
  };
  return { wire, enter: () => set(false), leave: () => set(true) };
}

export function until(
  connection: DraftConnection,
  is: (status: DraftStatus) => boolean,
): Promise<DraftStatus> {
  return new Promise((resolve) => {
    const check = () => {
      const status = connection.status.get();
      if (!is(status)) return;
      stop();
      resolve(status);
    };
    const stop = connection.status.subscribe(check);
    check();
  });
}

export async function loaded(connection: DraftConnection): Promise<DraftCopy> {
  const { copy } = await until(connection, (status) => status.copy !== undefined);
  if (!copy) throw new Error('there is no copy');
  return copy;
}

export const add = (copy: DraftCopy, id: string) =>
  addNode(copy.draft, { id, type: 'agent', name: id, position: { x: 0, y: 0 } });
export const read = (workflowId: string) => have<Definition>({ do: 'read', workflowId });
export const nodeIds = (definition: Definition) => definition.nodes.map((node) => node.id).sort();
