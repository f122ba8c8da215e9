import { join } from 'node:path';
import { startChildren } from '@/server/main/supervisor';

/** A supervisor in miniature: three fixtures, whose process numbers it prints once they are ready. */
const children = startChildren(
  [
    {
      name: 'fixture',
      entry: join(import.meta.dirname, 'process-fixture.ts'),
      count: 3,
      env: { ...process.env },
    },
  ],
  { line: () => undefined, event: () => undefined },
);
await children.ready;
process.stdout.write('ready\n');
