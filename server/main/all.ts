import { join } from 'node:path';
import { type Config, childEnvironment, config } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { freePort } from '@/server/embedded/port';
import { startPostgres } from '@/server/embedded/postgres';
import { type Children, type Kind, startChildren } from './children';
import { lockDataDir } from './instance-lock';
import { readableLine } from './log-line';
import { requireDatabase, requireFreePort, requireRedis } from './reach';

type Ending = () => Promise<void> | void;

const graceMs = 12_000;

/** `npm start`: everything that the product needs, on this machine, under one supervisor. */
async function main(): Promise<void> {
  process.title = 'ensemble';
  const endings: Ending[] = [];
  let children: Children | undefined;
  let stopping: Promise<void> | undefined;

  const stop = (exitCode: number) => {
    // Whoever asks a second time does not want to wait for what is under way.
    if (stopping !== undefined) children?.kill();
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
    const dev = process.argv.includes('--dev');
    const port = settings.port === 0 ? await freePort() : settings.port;
    await requireFreePort(port, settings.host);
    if (settings.redisUrl !== undefined) await requireRedis(settings.redisUrl);
    const databaseUrl = settings.databaseUrl ?? (await ownDatabase(settings, endings, fail));
    if (settings.databaseUrl !== undefined) await requireDatabase(databaseUrl);
    await migrate(databaseUrl);
    if (stopping !== undefined) return;
    children = startChildren(kindsOf(settings, { databaseUrl, port, dev }), report);
    await children.ready;
    const address = settings.port === 0 ? `http://localhost:${port}` : settings.url;
    process.stdout.write(`Ensemble is ready: ${address}\n`);
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
  const log = (line: string) => process.stdout.write(`${line}\n`);
  const postgres = await startPostgres({ dataDir: settings.dataDir, log, onLost });
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

function report(name: string, line: string): void {
  process.stdout.write(`${process.stdout.isTTY ? readableLine(name, line) : line}\n`);
}

await main();
