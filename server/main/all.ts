import { join } from 'node:path';
import { type Config, childEnvironment, config } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { freePort } from '@/server/embedded/port';
import { startPostgres } from '@/server/embedded/postgres';
import { lockDataDir } from './instance-lock';
import { readableLine } from './log-line';
import { requireDatabase, requireFreePort, requireRedis } from './preflight';
import { type Children, type Kind, startChildren } from './supervisor';

type Ending = () => Promise<void> | void;

const graceMs = 12_000;

/** `npm start`: everything that the product needs, on this machine, under one supervisor. */
async function main(): Promise<void> {
  process.title = 'ensemble';
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const endings: Ending[] = [];
  let children: Children | undefined;
  let stopping: Promise<void> | undefined;

  let askedAt = 0;
  const stop = (exitCode: number) => {
    // Whoever asks again does not want to wait; but one Ctrl-C arrives twice, from the terminal and from npm.
    if (stopping !== undefined && Date.now() - askedAt > 500) children?.kill();
    if (stopping === undefined) askedAt = Date.now();
    stopping ??= (async () => {
      await children?.stop(graceMs);
      for (const end of endings.reverse()) await end();
      process.exit(exitCode);
    })();
  };
  const fail = (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    stop(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0));

  try {
    const settings = config();
    if (settings.underNpm) watchParent(() => stop(0));
    const dev = process.argv.includes('--dev');
    const port = settings.port === 0 ? await freePort() : settings.port;
    await requireFreePort(port, settings.host);
    if (settings.redisUrl !== undefined) await requireRedis(settings.redisUrl);
    const databaseUrl = settings.databaseUrl ?? (await ownDatabase(settings, endings, fail));
    if (settings.databaseUrl !== undefined) await requireDatabase(databaseUrl);
    await migrate(databaseUrl);
    if (stopping !== undefined) return;
    children = startChildren(kindsOf(settings, { databaseUrl, port, dev }), {
      line: showLine,
      event: say,
    });
    await children.ready;
    const address = settings.port === 0 ? `http://localhost:${port}` : settings.url;
    say(`Ensemble is ready: ${address}`);
  } catch (error) {
    if (stopping === undefined) fail(error);
  }
}

async function ownDatabase(
  settings: Config,
  endings: Ending[],
  onLost: (error: Error) => void,
): Promise<string> {
  endings.push(lockDataDir(settings.dataDir));
  const postgres = await startPostgres({ dataDir: settings.dataDir, log: say, onLost });
  endings.push(postgres.stop);
  return postgres.url;
}

function kindsOf(
  settings: Config,
  place: Readonly<{ databaseUrl: string; port: number; dev: boolean }>,
): Kind[] {
  const shared = settings.webProcesses > 1 && canSharePort();
  const env = childEnvironment({
    NODE_ENV: place.dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE_URL: place.databaseUrl,
    PORT: String(place.port),
    ENSEMBLE_WEB: String(shared ? settings.webProcesses : Math.min(1, settings.webProcesses)),
  });
  const entry = (name: string) => join(import.meta.dirname, `${name}.ts`);
  return [
    { name: 'web', entry: entry('web'), count: Number(env.ENSEMBLE_WEB), env },
    { name: 'worker', entry: entry('worker'), count: settings.workerProcesses, env },
  ];
}

/** Several processes on one port need SO_REUSEPORT, which Node has from 23.1 on, and not on every system. */
function canSharePort(): boolean {
  const [major = 0] = process.versions.node.split('.').map(Number);
  return major >= 24 && ['linux', 'freebsd'].includes(process.platform);
}

function showLine(name: string, line: string): void {
  say(process.stdout.isTTY ? readableLine(name, line) : line);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A killed npm tells nobody, but leaves us to another parent. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

await main();
