import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'peers');

/** A peer's module, installed beside the benchmarks the first time. Throws when the registry cannot be reached. */
export function requirePeer(name: string): unknown {
  if (!existsSync(join(folder, 'node_modules', name))) {
    const options = ['--prefix', folder, '--no-audit', '--no-fund', '--no-package-lock'];
    const { status } = spawnSync('npm', ['install', ...options], { stdio: 'inherit' });
    if (status !== 0) throw new Error(`The peer ${name} could not be installed.`);
  }
  return createRequire(join(folder, 'package.json'))(name);
}
