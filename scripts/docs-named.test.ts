import { expect, test } from 'vitest';
import { missingIn, schemaNames } from './docs-named.mjs';

const schema = `// A run.
model Run {
  id     String    @id
  wakeAt DateTime? @map("wake_at")

  @@map("run")
}
`;
const there = new Set(['lib/runs', 'lib/runs/decide.ts', 'docs/operations.md']);
const world = {
  tables: schemaNames(schema),
  scripts: new Set(['bench']),
  exists: (path: string) => there.has(path),
  matches: (path: string) => path === 'lib/*.ts' || path === 'docs/decisions/0001-*.md',
};

test('reads tables and columns as the database names them', () => {
  expect([...(world.tables.get('run') ?? [])]).toEqual(['id', 'wake_at']);
});

test.each([
  ['a path', '`lib/runs/gone.ts`', 'path lib/runs/gone.ts'],
  ['a path in a command', '```sh\nnpx vitest lib/gone.ts\n```', 'path lib/gone.ts'],
  ['a pattern', '`server/*.ts`', 'path server/*.ts'],
  ['a link', '[how](gone.md)', 'file gone.md'],
  ['a command', '`npm run nothing`', 'command npm run nothing'],
  ['a column', '`run.bell_at`', 'column run.bell_at'],
  ['a table', '`run_bell`', 'table or column run_bell'],
  ['a table in a statement', '```sql\nselect 1 from bell;\n```', 'table bell'],
])('tells %s that is not there', (_, text, found) => {
  expect(missingIn('docs/a.md', text, world)).toEqual([`docs/a.md: there is no ${found}`]);
});

test.each([
  '`lib/runs/decide.ts`, `lib/runs/decide`, `lib/*.ts` and `lib/runs/<noun>.ts`',
  '`docs/decisions/0001`',
  '[how](operations.md#watch) and [outside](https://example.com/lib/gone.ts)',
  '`npm run bench -- chain`, `run.wake_at`, `wake_at`, `pg_dump`',
  '```sql\n-- from nothing\nselect relname from pg_class join run using (id);\n```',
])('says nothing of %s', (text) => {
  expect(missingIn('docs/a.md', text, world)).toEqual([]);
});
