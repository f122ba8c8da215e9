import { join } from 'node:path';
import { startChildren } from '@/server/main/children';

/** A supervisor in miniature: three fixtures, whose process numbers it prints once they are ready. */
const lines: string[] = [];
const children = startChildren(
  [
    {
      name: 'fixture',
      entry: join(import.meta.dirname, 'process-fixture.ts'),
      count: 3,
      env: { ...process.env },
    },
  ],
  (_name, line) => lines.push(line),
);
await children.ready;
process.stdout.write('ready\n');
