import { documentKindOf, documentProblem } from '@/lib/files/documents/document-kind';
import { documentLimits, type ReadDocument } from '@/lib/files/documents/schema';
import { createLine } from '@/server/computation/fair-queue';
import type { Log } from '@/server/log';
import { documentProgram } from './program';
import { readInProcess } from './reading-process';

type File = { name: string; bytes: Uint8Array };

/** Reads office documents that people bring along, each in a process of its own that can be killed. */
export type Documents = {
  /** Never rejects: what went wrong is in the answer, as a sentence. */
  read(file: File, workspaceId: string, signal?: AbortSignal): Promise<ReadDocument>;
  close(): Promise<void>;
};

/** Processes at once, and those of one workspace. */
const atOnce = 2;
const atOnceOfOne = 1;

type Entry = { file: File; signal: AbortSignal | undefined; resolve(read: ReadDocument): void };

/** `home` is a folder of the product's own, in which the program of the process is kept. */
export function createDocuments(parts: {
  home: string;
  log: Pick<Log, 'warn' | 'error'>;
}): Documents {
  const line = createLine<Entry>(atOnceOfOne);
  const closing = new AbortController();
  let program: Promise<string> | undefined;
  let working = 0;

  const refused = (problem: string): ReadDocument => ({ kind: 'refused', problem });
  const prepared = () => {
    program ??= documentProgram(parts.home);
    program.catch((error: unknown) => {
      parts.log.error({ err: error }, 'the program that reads documents was not made');
      program = undefined;
    });
    return program;
  };
  const serve = async ({ file, signal }: Entry): Promise<ReadDocument> => {
    const kind = documentKindOf(file.name);
    if (kind === undefined) return refused('It is no document that can be read.');
    const signals = signal ? [signal, closing.signal] : [closing.signal];
    const read = await readInProcess(await prepared(), kind, file.bytes, AbortSignal.any(signals));
    if ('stopped' in read) {
      parts.log.warn(
        { kind, bytes: file.bytes.byteLength, why: read.stopped },
        'a document was not read',
      );
      return refused(whyStopped[read.stopped]);
    }
    return withText(read);
  };
  const next = () => {
    if (working >= atOnce) return;
    const taken = line.take();
    if (taken === undefined) return;
    working += 1;
    const { owner, entry } = taken;
    void serve(entry)
      .catch((): ReadDocument => refused(whyStopped.broken))
      .then((read) => {
        working -= 1;
        line.leave(owner, 'done');
        entry.resolve(read);
        next();
      });
    next();
  };
  return {
    async read(file, workspaceId, signal) {
      const kind = documentKindOf(file.name);
      if (file.bytes.byteLength > documentLimits.bytes) {
        return refused(`It is larger than ${documentLimits.bytes / 1_048_576} MB.`);
      }
      const problem = kind && documentProblem(kind, file.bytes);
      if (problem !== undefined) return refused(problem);
      return new Promise((resolve) => {
        if (!line.join(workspaceId, { file, signal, resolve })) {
          return resolve(refused('Too many documents of this workspace wait to be read.'));
        }
        next();
      });
    },
    async close() {
      closing.abort();
    },
  };
}

const whyStopped = {
  time: 'Reading it took too long, so it was stopped.',
  memory: 'Reading it took too much memory, so it was stopped.',
  broken: 'It could not be read.',
} as const;

/** No text is a failure with its reason, never an empty success. */
function withText(read: ReadDocument): ReadDocument {
  if (read.kind !== 'document') return read;
  if (read.pages.some((text) => text.trim() !== '')) return read;
  const problem =
    'No text was found in it. It may be a scan: pictures of pages hold no text that can be read.';
  return { kind: 'refused', problem };
}
