import { execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { at } from '@/lib/values/unknown';
import type { PostgresHome } from './home';

/** One life of a Postgres server. */
export type Server = Readonly<{
  exited: Promise<void>;
  hasExited: () => boolean;
  pid: () => number | undefined;
  /** Fast shutdown; after 20 s the hard way. Resolves when the process is gone. */
  stop: () => Promise<void>;
}>;

const defaults: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
};

/**
 * Runs the server as a child of a shell that waits for the end of its own input: when this process dies, however
 * it dies, the shell tells Postgres to shut down. Postgres stands in a process group of its own, so that a Ctrl-C
 * reaches it only after those who still write to it.
 */
const keeper = `
exec 3<&0
"$@" 3<&- </dev/null &
server=$!
{ read -r _ <&3; kill -INT "$server"; } 2>/dev/null &
watch=$!
wait "$server"
code=$?
kill "$watch" 2>/dev/null
wait "$watch" 2>/dev/null
exit "$code"
`;

/** Makes the data directory at the first time: UTF-8, C locale, passwords by SCRAM. An aborted attempt is repeated. */
export async function initialise(
  home: PostgresHome,
  user: string,
  password: string,
): Promise<void> {
  const data = dataFolder(home);
  if (existsSync(data)) return checkVersion(home);
  const draft = `${data}.new`;
  const passwordFile = join(home.base, 'postgres.pw');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.account !== undefined) {
    for (const path of [draft, passwordFile]) chownSync(path, home.account.uid, home.account.gid);
  }
  try {
    execFileSync(
      join(home.bin, 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...home.account, cwd: '/', env: environment, stdio: ['ignore', 'ignore', 'pipe'] },
    );
  } catch (error) {
    const said = String(at(error, 'stderr') ?? error).trim();
    throw new Error(
      `The embedded Postgres cannot make its data directory ${data}: ${said.split('\n').at(-1)}`,
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, data);
}

/** Starts the server once; it may still fail or need a while before it answers. */
export function startServer(
  home: PostgresHome,
  port: number,
  settings: Readonly<Record<string, string>>,
): Server {
  const flags = Object.entries({ ...defaults, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const postgres = [join(home.bin, 'postgres'), '-D', dataFolder(home), '-p', String(port)];
  const log = openLog(home);
  const child = spawn('/bin/sh', ['-c', keeper, 'ensemble-postgres', ...postgres, ...flags], {
    ...home.account,
    cwd: '/',
    env: environment,
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      gone = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  return {
    exited,
    hasExited: () => gone,
    pid: () => runningPid(home),
    stop: async () => {
      child.stdin?.end();
      await Promise.race([exited, sleep(20_000, undefined, { ref: false })]);
      if (gone) return;
      signal(runningPid(home), 'SIGQUIT');
      await exited;
    },
  };
}

/**
 * Ends a server that still runs on this data directory although its supervisor is gone, and removes a lock file
 * whose number by now belongs to some other program.
 */
export async function stopLeftover(home: PostgresHome): Promise<void> {
  const pid = runningPid(home);
  if (pid === undefined) return;
  if (!isPostgres(pid)) {
    if (isAlive(pid)) rmSync(join(dataFolder(home), 'postmaster.pid'), { force: true });
    return;
  }
  signal(pid, 'SIGINT');
  for (let waited = 0; isPostgres(pid); waited += 50) {
    if (waited === 15_000) signal(pid, 'SIGQUIT');
    if (waited >= 25_000)
      throw new Error(`An old Postgres (process ${pid}) does not stop. Stop it.`);
    await sleep(50);
  }
}

/** What the server said last: the reason why it does not start. */
export function lastLogLine(home: PostgresHome): string {
  const path = logFile(home);
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
  return (
    lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'no reason given'
  );
}

const environment: NodeJS.ProcessEnv = {
  NODE_ENV: 'production',
  PATH: '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

const dataFolder = (home: PostgresHome) => join(home.base, 'postgres');
const logFile = (home: PostgresHome) => join(home.base, 'postgres.log');

/** The log of some starts is enough; it begins anew when it has grown. */
function openLog(home: PostgresHome): number {
  const path = logFile(home);
  const large = existsSync(path) && statSync(path).size > 4 * 1024 * 1024;
  return openSync(path, large ? 'w' : 'a', 0o600);
}

function checkVersion(home: PostgresHome): void {
  const data = readFileSync(join(dataFolder(home), 'PG_VERSION'), 'utf8').trim();
  const said = execFileSync(join(home.bin, 'postgres'), ['--version'], {
    ...home.account,
    cwd: '/',
    env: environment,
  }).toString();
  const program = /(\d+)/.exec(said)?.[1];
  if (program === data) return;
  throw new Error(
    `${dataFolder(home)} was created by Postgres ${data}, and this is Postgres ${program}. Upgrade it with pg_upgrade or dump and restore, or set DATABASE_URL.`,
  );
}

function runningPid(home: PostgresHome): number | undefined {
  try {
    const pid = Number(
      readFileSync(join(dataFolder(home), 'postmaster.pid'), 'utf8').split('\n')[0],
    );
    return pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isPostgres(pid: number): boolean {
  try {
    const state = execFileSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    return state.includes('postgres') && !state.trim().startsWith('Z');
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return at(error, 'code') === 'EPERM';
  }
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    // it has gone meanwhile
  }
}
