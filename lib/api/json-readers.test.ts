import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where values from outside come in. */
const rooms = [
  'components/editor',
  'components/form',
  'lib/expressions',
  'lib/files',
  'lib/nodes',
  'lib/triggers',
  'lib/workflows',
  'server/egress',
  'server/files',
  'server/http',
  'server/triggers',
];

/** Files there that may parse JSON by the engine alone. */
const own: Readonly<Record<string, string>> = {
  'lib/nodes/output-schema.ts': 'a schema of an author, checked on its own',
  'components/editor/suggest.ts': 'one quoted text',
};

it('reads JSON from outside by the one reader that keeps every digit', () => {
  const found = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file}`)
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/testing\//.test(file))
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('JSON.parse(')),
  );
  expect(found.filter((file) => !Object.hasOwn(own, file))).toEqual([]);
});
