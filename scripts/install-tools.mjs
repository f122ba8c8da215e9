import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemBrowser } from './browser.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Brings what tests need beside npm packages: `redis` (a redis-server on the PATH), `sandbox` (bubblewrap, where this
 * machine can install it; code steps are off without it) or `browser` (a Chromium).
 */
export function installMissing(what) {
  if (what === 'redis') {
    if (!succeeds('redis-server', ['--version'])) installPackage('redis-server');
    return;
  }
  if (what === 'sandbox') {
    if (!succeeds('bwrap', ['--version']) && canInstall()) installPackage('bubblewrap');
    return;
  }
  if (systemBrowser() !== undefined) return;
  // On Ubuntu the package only points to a snap, which a test cannot drive.
  if (isDebian() && canInstall()) installPackage('chromium');
  else run(join(root, 'node_modules', '.bin', 'playwright'), ['install', 'chromium']);
}

function installPackage(name) {
  if (!canInstall()) {
    throw new Error(`The tests need ${name}. Install it with the package manager of this machine.`);
  }
  process.stdout.write(`Installing ${name} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  asRoot(['apt-get', 'update', '-qq'], env);
  asRoot(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', name], env);
}

function asRoot(command, env) {
  const [program, ...args] = isRoot() ? command : ['sudo', '-n', '-E', ...command];
  run(program, args, env);
}

function run(program, args, env = process.env) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env });
  if (status === 0) return;
  throw new Error(`${[program, ...args].join(' ')} failed:\n${stdout}${stderr}`);
}

function canInstall() {
  return succeeds('apt-get', ['--version']) && (isRoot() || succeeds('sudo', ['-n', 'true']));
}

function isDebian() {
  const file = '/etc/os-release';
  return existsSync(file) && /^ID=debian$/m.test(readFileSync(file, 'utf8'));
}

function isRoot() {
  return process.getuid?.() === 0;
}

function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}
