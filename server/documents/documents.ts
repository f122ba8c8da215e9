import { z } from 'zod';
import { documentKindOf, documentProblem } from '@/lib/files/documents/document-kind';
import {
  documentLimits,
  type ReadDocument,
  readDocumentSchema,
} from '@/lib/files/documents/schema';
import { type ParsedMail, parsedMailSchema } from '@/lib/mail/received';
import { createLine } from '@/server/computation/fair-queue';
import type { Log } from '@/server/log';
import { documentProgram } from './program';
import { readInProcess, type Stopped } from './reading-process';

type File = { name: string; bytes: Uint8Array };

/** Reads office documents and emails that people bring along, each in a process of its own that can be killed. */
export type Documents = {
  /** Never rejects: what went wrong is in the answer, as a sentence. */
  read(file: File, workspaceId: string, signal?: AbortSignal): Promise<ReadDocument>;
  /** Takes an email apart. `cut`: its end is missing. Never rejects. */
  mail(
    mail: { bytes: Uint8Array; cut: boolean },
    workspaceId: string,
    signal?: AbortSignal,
  ): Promise<ParsedMail | Refusal>;
  close(): Promise<void>;
};

type Refusal = Extract<ReadDocument, { kind: 'refused' }>;

/** Processes at once, and those of one workspace. */
const atOnce = 2;
const atOnceOfOne = 1;

/** Does its work and says so to whoever waits. Never rejects. */
type Entry = () => Promise<void>;
type Job<Read> = { kind: string; schema: z.ZodType<Read> };

/** `home` is a folder of the product's own, in which the program of the process is kept. */
export function createDocuments(parts: {
  home: string;
  log: Pick<Log, 'warn' | 'error'>;
}): Documents {
  const line = createLine<Entry>(atOnceOfOne);
  const closing = new AbortController();
  let program: Promise<string> | undefined;
  let working = 0;

  const prepared = () => {
    program ??= documentProgram(parts.home);
    program.catch((error: unknown) => {
      parts.log.error({ err: error }, 'the program that reads documents was not made');
      program = undefined;
    });
    return program;
  };
  const serve = async <Read>(job: Job<Read>, bytes: Uint8Array, signal?: AbortSignal) => {
    const signals = signal ? [signal, closing.signal] : [closing.signal];
    const read = await readInProcess(await prepared(), job, bytes, AbortSignal.any(signals));
    if (!isStopped(read)) return read;
    const { stopped: why } = read;
    parts.log.warn({ kind: job.kind, bytes: bytes.byteLength, why }, 'a document was not read');
    return refused(whyStopped[why]);
  };
  const next = () => {
    if (working >= atOnce) return;
    const taken = line.take();
    if (taken === undefined) return;
    working += 1;
    const { owner, entry } = taken;
    void entry().then(() => {
      working -= 1;
      line.leave(owner, 'done');
      next();
    });
    next();
  };
  const inLine = <Read>(
    job: Job<Read>,
    { bytes, workspaceId }: { bytes: Uint8Array; workspaceId: string },
    signal?: AbortSignal,
  ) =>
    new Promise<Read | Refusal>((resolve) => {
      const entry = () =>
        serve(job, bytes, signal)
          .catch(() => refused(whyStopped.broken))
          .then(resolve);
      if (!line.join(workspaceId, entry)) {
        return resolve(refused('Too many documents of this workspace wait to be read.'));
      }
      next();
    });
  return {
    async read({ name, bytes }, workspaceId, signal) {
      const kind = documentKindOf(name);
      if (bytes.byteLength > documentLimits.bytes) return refused(tooLarge);
      if (kind === undefined) return refused('It is no document that can be read.');
      const problem = documentProblem(kind, bytes);
      if (problem !== undefined) return refused(problem);
      const job = { kind, schema: readDocumentSchema };
      return withText(await inLine(job, { bytes, workspaceId }, signal));
    },
    async mail({ bytes, cut }, workspaceId, signal) {
      if (bytes.byteLength > documentLimits.bytes) return refused(tooLarge);
      const job = {
        kind: cut ? 'cut-mail' : 'mail',
        schema: z.union([parsedMailSchema, refusalSchema]),
      };
      return inLine(job, { bytes, workspaceId }, signal);
    },
    async close() {
      closing.abort();
    },
  };
}

const refusalSchema = z.object({ kind: z.literal('refused'), problem: z.string() });
const refused = (problem: string): Refusal => ({ kind: 'refused', problem });
const isStopped = (read: unknown): read is Stopped =>
  typeof read === 'object' && read !== null && 'stopped' in read;
const tooLarge = `It is larger than ${documentLimits.bytes / 1_048_576} MB.`;

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
