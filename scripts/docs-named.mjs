// What the pages for developers and operators name must be there: paths and links, tables and columns of the Prisma
// schema, and commands of package.json. `docs/decisions` are left out: a dated record speaks of the code of its day.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = 'app|bench|components|docs|e2e|lib|prisma|public|scripts|server|\\.github';
/** Words with an underscore that are no column: of Postgres, of Prometheus, and keys of events. */
const notOurs = /^(pg_|ensemble_|total_)/;

/** Tables with their columns, as the database names them. */
export function schemaNames(text) {
  const tables = new Map();
  for (const [, body] of text.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)) {
    const name = /@@map\("(\w+)"\)/.exec(body)?.[1];
    const columns = [...body.matchAll(/^ {2}(\w+) .*$/gm)].map(
      ([line, field]) => / @map\("(\w+)"\)/.exec(line)?.[1] ?? field,
    );
    if (name !== undefined) tables.set(name, new Set(columns));
  }
  return tables;
}

/** What a page names that is not there, a line each. `exists` and `matches` are asked with paths from the root. */
export function missingIn(page, text, { tables, scripts, exists, matches }) {
  const missing = [];
  const columns = new Set([...tables.values()].flatMap((each) => [...each]));
  /** A module may stand without its ending, a decision as its number, and a path with `<noun>` is a pattern. */
  const isThere = (path, code) =>
    code.includes(`${path}/<`) ||
    (path.includes('*')
      ? matches(path)
      : exists(path) || exists(`${path}.ts`) || matches(`${path}-*.md`));
  const say = (kind, name) => missing.push(`${page}: there is no ${kind} ${name}`);
  for (const [, target] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)(?:#[^)]*)?\)/g)) {
    if (!exists(normalize(join(dirname(page), target)))) say('file', target);
  }
  const prose = text.replace(/```[\s\S]*?```/g, '');
  const named = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code);
  const shell = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, code]) => code.split('\n'));
  for (const code of [...named, ...shell]) {
    for (const [, path] of code.matchAll(
      new RegExp(`(?<![\\w/.-])((?:${rooms})/[\\w./*-]*\\w)`, 'g'),
    )) {
      if (!isThere(path, code)) say('path', path);
    }
    const command = /\bnpm run ([\w-]+)/.exec(code)?.[1];
    if (command !== undefined && !scripts.has(command)) say('command', `npm run ${command}`);
  }
  for (const code of named) {
    const [, table, column] = /^([a-z_]+)\.([a-z_]+)$/.exec(code) ?? [];
    if (tables.has(table) && !tables.get(table).has(column)) say('column', code);
    const single = /^[a-z]+(?:_[a-z]+)+$/.test(code) && !notOurs.test(code);
    if (single && !tables.has(code) && !columns.has(code)) say('table or column', code);
  }
  for (const [, sql] of text.matchAll(/```sql\n([\s\S]*?)```/g)) {
    for (const [, table] of sql
      .replace(/--.*$/gm, '')
      .matchAll(/\b(?:from|join|update|into) (\w+)/g)) {
      if (!notOurs.test(table) && !tables.has(table)) say('table', table);
    }
  }
  return missing;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const read = (path) => readFileSync(join(root, path), 'utf8');
  const schema = readdirSync(join(root, 'prisma/schema')).map((file) =>
    read(`prisma/schema/${file}`),
  );
  const world = {
    tables: schemaNames(schema.join('\n')),
    scripts: new Set(Object.keys(JSON.parse(read('package.json')).scripts)),
    exists: (path) => existsSync(join(root, path)),
    matches: (path) => globSync(path, { cwd: root }).length > 0,
  };
  const pages = [
    ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
    ...globSync('docs/*.md', { cwd: root }),
  ].filter(world.exists);
  const missing = pages.flatMap((page) => missingIn(page, read(page), world));
  process.stdout.write(missing.map((line) => `${line}\n`).join(''));
  process.stdout.write(`${pages.length} pages, ${missing.length} names that are not there\n`);
  process.exitCode = missing.length > 0 ? 1 : 0;
}
