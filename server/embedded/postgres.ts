import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { initialise, lastLogLine, type Server, startServer, stopLeftover } from './cluster';
import { findPostgresHome, type PostgresHome } from './home';
import { freePort, isFree } from './port';

/** A Postgres of our own, which is started again when it dies. */
export type EmbeddedPostgres = Readonly<{
  /** Stays the same over restarts of the server and of the product. */
  url: string;
  /** The process of the server as it is now; another one after a restart. */
  pid: () => number | undefined;
  /** Ends the server with all its processes; committed work stays. */
  stop: () => Promise<void>;
}>;

type Options = Readonly<{
  dataDir: string;
  /** One line for the person who watches: a notice, a restart. */
  log: (line: string) => void;
  /** The server died and would not start again. */
  onLost?: (error: Error) => void;
  /** Further settings, such as `{ fsync: 'off' }` in tests. */
  settings?: Readonly<Record<string, string>>;
}>;

const database = 'ensemble';
const user = 'ensemble';
const patienceMs = 30_000;

/**
 * Starts Postgres with its data below `dataDir`, makes the database at the first time and keeps the server up.
 * A server left over by a killed supervisor is ended first. Throws with a line that says what to do.
 */
export async function startPostgres(options: Options): Promise<EmbeddedPostgres> {
  const home = findPostgresHome(options.dataDir);
  if (home.notice !== undefined) options.log(home.notice);
  const identity = await readIdentity(home);
  const { port, password } = identity;
  await initialise(home, user, password);
  const urlOf = (name: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  const launch = () => launchUntilReady(home, port, urlOf('postgres'), options.settings ?? {});

  let stopping = false;
  let server = await launch();
  const keepUp = async () => {
    while (!stopping) {
      await server.exited;
      if (stopping) return;
      options.log('Postgres stopped and is restarting.');
      server = await launch();
      if (stopping) await server.stop();
    }
  };
  await createDatabase(urlOf('postgres'));
  const keeper = keepUp().catch((error: unknown) => {
    if (!stopping) options.onLost?.(error instanceof Error ? error : new Error(String(error)));
  });
  return {
    url: urlOf(database),
    pid: () => server.pid(),
    stop: async () => {
      stopping = true;
      await server.stop();
      await keeper;
    },
  };
}

/** Retried, because the processes of a killed server must leave before the next one may use its memory. */
async function launchUntilReady(
  home: PostgresHome,
  port: number,
  adminUrl: string,
  settings: Readonly<Record<string, string>>,
): Promise<Server> {
  const until = Date.now() + patienceMs;
  await stopLeftover(home);
  for (;;) {
    const server = startServer(home, port, settings);
    if (await answers(adminUrl, server, until)) return server;
    await server.stop();
    if (Date.now() >= until) {
      throw new Error(
        `The embedded Postgres does not start: ${lastLogLine(home)} (${join(home.base, 'postgres.log')}). Free the resources it needs, or set DATABASE_URL.`,
      );
    }
    await sleep(200);
  }
}

async function answers(url: string, server: Server, until: number): Promise<boolean> {
  while (!server.hasExited() && Date.now() < until) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      await Promise.race([sleep(50), server.exited]);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

type Identity = Readonly<{ port: number; password: string }>;

/** Port and password, made once. The port changes only when another program has taken it meanwhile. */
async function readIdentity(home: PostgresHome): Promise<Identity> {
  const path = join(home.base, 'postgres.json');
  const known = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Identity)
    : { port: 0, password: randomBytes(18).toString('base64url') };
  await stopLeftover(home);
  const port = known.port > 0 && (await isFree(known.port)) ? known.port : await freePort();
  const identity = { ...known, port };
  if (port !== known.port) {
    writeFileSync(path, `${JSON.stringify(identity)}\n`, { mode: 0o600 });
  }
  return identity;
}
