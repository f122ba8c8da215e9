import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { childEnvironment } from '@/server/config';

const folder = join(import.meta.dirname, 'peers');

/** A peer's module, installed beside the benchmarks the first time. Throws when the registry cannot be reached. */
export function requirePeer(name: string): unknown {
  install(folder, name);
  return createRequire(join(folder, 'package.json'))(name);
}

/** Where a file of an installed peer lies. */
export function resolvePeer(path: string): string {
  return createRequire(join(folder, 'package.json')).resolve(path);
}

/** The folder of n8n's package, which has an installation of its own: it brings 2,000 others. */
export function n8nFolder(): string {
  const own = join(folder, 'n8n');
  install(own, 'n8n');
  return join(own, 'node_modules', 'n8n');
}

function install(into: string, name: string): void {
  if (existsSync(join(into, 'node_modules', name))) return;
  // Without scripts: they report home, or build what only other parts of n8n need.
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--loglevel',
    'error',
  ];
  const { status } = spawnSync('npm', ['install', '--prefix', into, ...options], {
    stdio: 'inherit',
    env: childEnvironment({ SCARF_ANALYTICS: 'false', DO_NOT_TRACK: '1' }),
  });
  if (status !== 0) throw new Error(`The peer ${name} could not be installed.`);
}
