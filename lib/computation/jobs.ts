import {
  type ReadFile as Content,
  type ReadSettings,
  readTextFile,
} from '@/lib/files/read-text-file';
import {
  type FeedBytes,
  type FeedRead,
  feedFrom,
  type PageJob,
  type PageRead,
  pageFrom,
} from '@/lib/markup/read-markup';
import { type Parsed, parseOutput } from '@/lib/models/output';
import { catalogue } from '@/lib/nodes/catalogue';
import { changesBetween, type OperationChanges } from '@/lib/services/diff';
import {
  type GivenDocument,
  type ReadDescription,
  readDescription,
} from '@/lib/services/document/read-description';
import type { Operation } from '@/lib/services/schema';
import { type Imported, importWorkflow } from '@/lib/workflows/definition/import';
import {
  findProblems,
  type Surroundings,
  structureProblems,
} from '@/lib/workflows/problems/problems';
import type { Definition, Problem } from '@/lib/workflows/schema';
import { type TableDone, type TableJob, workOutTable } from './tables';
import { payForBringing, type TextsDone, type TextsJob, workOut } from './texts';

/** A workflow of a file, with what is wrong about it as a graph. */
export type ReadFile =
  | { ok: true; definition: Definition; problems: Problem[] }
  | Extract<Imported, { ok: false }>;

/**
 * What can be done on a thread of its own, by name: plain data in, plain data out. Everything that people write and
 * the product works out is one of these.
 */
export type Jobs = {
  /** Templates and expressions of a step. */
  texts: { given: TextsJob; done: TextsDone };
  /** What a step makes of lists of rows. */
  table: { given: TableJob; done: TableDone };
  /** Whether a model's answer fits the schema of a step. */
  answer: { given: { text: string; schema: Record<string, unknown> }; done: Parsed };
  /** What a person should know of a workflow. */
  problems: { given: { definition: Definition; known: Surroundings }; done: Problem[] };
  /** What a step reads out of a file. */
  content: {
    given: { file: { name: string; mediaType: string; bytes: Uint8Array }; settings: ReadSettings };
    done: Content;
  };
  /** What a step reads out of a feed. */
  feed: { given: FeedBytes; done: FeedRead };
  /** What a step reads out of a web page. */
  page: { given: PageJob; done: PageRead };
  /** A file as a workflow. */
  file: { given: { text: string; format: 'json' | 'yaml' }; done: ReadFile };
  /** An OpenAPI document as a service, and how it differs from the operations before. */
  description: {
    given: GivenDocument & { before: readonly Operation[] };
    done: { read: ReadDescription; changes: OperationChanges };
  };
};

export type JobName = keyof Jobs;

type Doing = { [Name in JobName]: (given: Jobs[Name]['given']) => Jobs[Name]['done'] };

const doing: Doing = {
  texts({ budget, ...job }) {
    const left = { ...budget };
    try {
      payForBringing(job.names, left);
    } catch {
      // What is left says so itself, at the first text.
      left.left = -1;
    }
    return workOut({ ...job, budget: left });
  },
  table: workOutTable,
  answer: ({ text, schema }) => parseOutput(text, schema),
  problems: ({ definition, known }) => findProblems(definition, catalogue, known),
  content: ({ file, settings }) => readTextFile(file, settings),
  feed: feedFrom,
  page: pageFrom,
  file({ text, format }) {
    const read = importWorkflow(text, catalogue, format);
    if (!read.ok) return read;
    const { definition } = read;
    return { ok: true, definition, problems: structureProblems(definition, catalogue) };
  },
  description({ before, ...document }) {
    const read = readDescription(document);
    const after = read.ok ? read.service.operations : before;
    return { read, changes: changesBetween(before, after) };
  },
};

/** Does a job on the thread that calls. */
export function doJob<Name extends JobName>(
  name: Name,
  given: Jobs[Name]['given'],
): Jobs[Name]['done'] {
  return doing[name](given);
}
