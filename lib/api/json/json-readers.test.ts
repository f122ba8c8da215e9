import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Everywhere but in pages and routes, which read nothing themselves. */
const rooms = ['components', 'lib', 'server', 'app'];

/** Files that may parse JSON by the engine alone. */
const own: Readonly<Record<string, string>> = {
  'components/debugger/breakpoints.ts': 'what this browser kept',
  'components/editor/header/people-bar.tsx': 'what the same component wrote',
  'components/editor/inspector/try-code.tsx': 'what it wrote itself',
  'components/editor/step-test/test-data.ts': 'what it wrote itself',
  'components/expressions/describe.ts': 'one quoted text',
  'components/session/actions/recent-types.ts': 'what this browser kept',
  'components/chat/use-sending.ts': 'what this browser kept',
  'components/files/use-attachments.ts': 'what this browser kept',
  'components/data/call.ts': 'answers of the API, whose values are exact already',
  'components/data/follow-lines.ts': 'lines of the same',
  'components/text-editor/suggest.ts': 'one quoted text',
  'components/suggestions/unsaved.ts': 'what this browser kept',
  'lib/api/json/read-json.ts': 'the reader itself',
  'lib/models/parts/assemble-tool-calls.ts': 'whether a piece is whole; nothing of it is taken',
  'lib/nodes/agents/output-schema.ts':
    'a schema of an author, whose bounds are numbers; names are checked by the reader',
  'lib/models/rehearsal/rehearsal.ts': 'one quoted text',
  'lib/runs/values/clean.ts': 'what it wrote itself',
  'server/bus/codec.ts': 'what another process of the product wrote',
  'server/code/inside/main.ts':
    'what its owner wrote, and results of code, which keep their digits as text',
  'server/code/sandbox-process.ts': 'what the sandbox wrote; a schema follows',
  'server/code/self-test.ts': 'what the sandbox wrote',
  'server/documents/reading-process.ts':
    'what the process that reads a document wrote; a schema follows',
  'server/embedded/home.ts': 'the manifest of a package',
  'server/embedded/postgres.ts': 'what the product wrote',
  'server/manual/manual.ts': 'a file that came with the product',
  'server/main/log-line.ts': 'lines of the product’s own log',
  'server/models/calls/failure-facts.ts': 'words of a failure',
  'server/models/reading/frames.ts': 'frames of a stream: texts, and counts that are clamped',
  'server/people/key-store.ts': 'what the product wrote',
  'server/realtime/room/presence-board.ts': 'what another process of the product wrote',
  'server/runs/blobs/blobs.ts': 'what the product wrote',
  'server/runs/children/reused-children.ts': 'what it wrote itself',
  'server/runs/reading/list-children.ts': 'one quoted text',
};

it('reads JSON from outside by the one reader that keeps every digit', () => {
  const found = rooms.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file}`)
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\/(testing|generated)\//.test(file))
      .filter((file) => readFileSync(join(root, file), 'utf8').includes('JSON.parse(')),
  );
  expect(found.filter((file) => !Object.hasOwn(own, file))).toEqual([]);
  expect(Object.keys(own).filter((file) => !found.includes(file))).toEqual([]);
});
