import { execFileSync, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { userInfo } from 'node:os';
import { createConnection } from 'mysql2/promise';
import { eventually } from '@/server/testing/eventually';
import { scratchFolder } from '@/server/testing/scratch';

const program = '/usr/sbin/mariadbd';
const installer = '/usr/bin/mariadb-install-db';
/** Whether this machine has a MariaDB to test with: it comes with no package of npm. */
export const hasMysql = existsSync(program) && existsSync(installer);

/** A MariaDB on this machine with a database `shop` and a user `ada`. */
export async function startMysql() {
  const folder = scratchFolder('mysql');
  const user = `--user=${userInfo().username}`;
  const quiet = { stdio: 'ignore' as const };
  const asRoot = '--auth-root-authentication-method=normal';
  execFileSync(installer, [`--datadir=${folder}`, user, asRoot], quiet);
  const port = await freePort();
  const child = spawn(
    program,
    [
      ...[
        '--no-defaults',
        `--datadir=${folder}`,
        user,
        `--port=${port}`,
        '--bind-address=127.0.0.1',
      ],
      ...[`--socket=${folder}/s.sock`, `--pid-file=${folder}/pid`],
    ],
    quiet,
  );
  const root = await eventually(
    () => createConnection({ socketPath: `${folder}/s.sock`, user: 'root' }),
    60_000,
  );
  await root.query('create database shop character set utf8mb4');
  await root.query("create user 'ada'@'127.0.0.1' identified by 'right-password'");
  await root.query("grant all on shop.* to 'ada'@'127.0.0.1'");
  return {
    ...{ port, root },
    async stop() {
      await root.end();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
