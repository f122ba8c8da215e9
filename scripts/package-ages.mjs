// `node scripts/package-ages.mjs <commit>`: refuses package versions that came into the lock file since that commit and
// were published less than a week ago. Most poisoned releases are found and taken back within days.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const youngestDays = 7;
const since = process.argv[2] ?? '';

const now = packagesOf(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const before = packagesOf(lockAt(since));
const added = [...now].filter((one) => !before.has(one));
const young = added.filter((one) => ageInDays(one) < youngestDays);
process.stdout.write(
  `${added.length} new package versions, ${young.length} younger than ${youngestDays} days\n`,
);
for (const one of young) process.stdout.write(`too young: ${one}\n`);
process.exitCode = young.length > 0 ? 1 : 0;

/** The lock file at a commit; the one that is here where no commit is named, as on a first push: nothing is new then. */
function lockAt(commit) {
  if (!/^[0-9a-f]{7,40}$/.test(commit) || /^0+$/.test(commit)) {
    return readFileSync(join(root, 'package-lock.json'), 'utf8');
  }
  const args = ['show', `${commit}:package-lock.json`];
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

/** `name@version` of each installed package. */
function packagesOf(lock) {
  const { packages } = JSON.parse(lock);
  return new Set(
    Object.entries(packages)
      .filter(([path, { version, link }]) => path !== '' && version !== undefined && !link)
      .map(
        ([path, { name, version }]) => `${name ?? path.split('node_modules/').at(-1)}@${version}`,
      ),
  );
}

function ageInDays(nameAndVersion) {
  const at = nameAndVersion.lastIndexOf('@');
  const [name, version] = [nameAndVersion.slice(0, at), nameAndVersion.slice(at + 1)];
  const said = execFileSync('npm', ['view', name, 'time', '--json'], { encoding: 'utf8' });
  const published = Date.parse(JSON.parse(said)[version]);
  // What the registry does not know cannot be trusted to be old.
  return Number.isNaN(published) ? 0 : (Date.now() - published) / 86_400_000;
}
