// Makes a fresh clone ready to start: packages, Prisma client, Next build. Does only what is missing or out of date.
// Runs before anything is installed, so it needs Node's own modules alone (18 or newer).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);
const wanted = new Set(process.argv.slice(2));

installPackages();
generateClient();
if (!wanted.has('--no-build')) buildNext();

function installPackages() {
  const stamp = at('node_modules', '.ensemble-lock');
  const lock = hashOf([at('package-lock.json')]);
  if (read(stamp) === lock) return;
  const installed = at('node_modules', '.package-lock.json');
  const byHand = existsSync(installed) && !existsSync(stamp);
  if (!byHand || modified(installed) < modified(at('package-lock.json'))) {
    say('Installing packages (a minute or two) …');
    const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
      ? [nodeOutside(), process.env.npm_execpath]
      : ['npm'];
    run(
      [
        ...npm,
        'ci',
        '--include=dev',
        '--include=optional',
        '--ignore-scripts',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ],
      'The packages could not be installed. Check the network and the registry that npm uses, then start again.',
    );
    // Until the stamp is right, an installation that was cut off here is not taken for one made by hand.
    writeFileSync(stamp, 'unfinished');
    run(
      [...npm, 'rebuild', '--loglevel=error', ...allowedScripts()],
      'The packages were installed, but could not be made ready. Start again; if that does not help, delete node_modules.',
    );
  }
  writeFileSync(stamp, lock);
}

/**
 * Packages whose install scripts may run, by name: npm 11 reads `allowScripts` itself, npm 10 would run them all.
 */
function allowedScripts() {
  const { allowScripts } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
  return Object.keys(allowScripts).filter(
    (name) => allowScripts[name] && existsSync(at('node_modules', name)),
  );
}

function generateClient() {
  const schema = filesBelow(at('prisma', 'schema'), /\.prisma$/);
  const stamp = at('server', 'db', 'generated', '.schema-hash');
  const hash = hashOf([...schema, at('node_modules', 'prisma', 'package.json')]);
  if (read(stamp) === hash) return;
  say('Generating the database client …');
  run(
    [node24(), at('node_modules', 'prisma', 'build', 'index.js'), 'generate', '--no-hints'],
    'The database client could not be generated from prisma/schema.',
    // Generating needs no schema engine; naming any program keeps Prisma from downloading one.
    { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
  );
  writeFileSync(stamp, hash);
}

function buildNext() {
  const folders = ['app', 'components', 'lib', 'server', 'public', 'docs'];
  const configs = [
    'next.config.mjs',
    'instrumentation-client.ts',
    'postcss.config.mjs',
    'tsconfig.json',
    'package-lock.json',
  ];
  const sources = folders
    .flatMap((folder) =>
      filesBelow(at(folder), /(?<!\.test)\.(tsx?|css|json|md|svg|png|ico|woff2|csv)$/),
    )
    .concat(configs.map((name) => at(name)));
  const stamp = at('.next', 'ensemble-build');
  const hash = hashOf(sources);
  if (read(stamp) === hash) return;
  say('Building the pages (about a minute) …');
  run(
    [node24(), at('node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    'The pages could not be built.',
    {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
  );
  writeFileSync(stamp, hash);
}

/** The Node that npm puts first on the PATH of scripts once packages are there; else the one that runs this. */
function node24() {
  const local = at(
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(local) ? local : process.execPath;
}

/**
 * A Node that outlives the installation: within an npm script this runs on the Node in `node_modules`, which
 * `npm ci` deletes.
 */
function nodeOutside() {
  if (!process.execPath.startsWith(at('node_modules'))) return process.execPath;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
  return found ?? process.execPath;
}

/** Quiet while all is well; shows what the command said when it fails, and ends with the reason. */
function run([command, ...args], failure, env = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (result.status === 0) return;
  if (result.signal !== null) process.kill(process.pid, result.signal);
  process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}\n`);
  process.stderr.write(`${failure}\n`);
  process.exit(1);
}

function filesBelow(folder, pattern) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, pattern);
      return pattern.test(entry.name) ? [path] : [];
    })
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    hash
      .update(`\0${file.slice(root.length)}\0`)
      .update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function modified(file) {
  return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
