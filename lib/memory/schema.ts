import { z } from 'zod';
import { checkJson } from '@/lib/api/json/check-json';
import { maxExpiresInSeconds, maxValueCharacters } from './limits';
import { readPath } from './path';
import { readSpace, spaceKinds } from './space';
import { strategyNames } from './strategy-names';

/** A path as it is given, in one text or in the parts of an address. */
export const pathSchema = z.string().transform((text, to) => {
  const read = readPath(text);
  if (read.ok) return read.path;
  to.addIssue({ code: 'custom', message: read.problem });
  return z.NEVER;
});

/** The same, or nothing for all paths of a space. */
export const underSchema = z
  .string()
  .transform((text) => text.trim())
  .pipe(z.union([z.literal(''), pathSchema]));

export const spaceKeySchema = z
  .string()
  .max(200)
  .transform((text, to) => {
    const read = readSpace(text);
    if (read.ok) return read.space;
    to.addIssue({ code: 'custom', message: read.problem });
    return z.NEVER;
  });

/** A value that is kept: JSON or text. */
export const valueSchema = z.json().superRefine((value, to) => {
  const problem = valueProblem(value);
  if (problem !== undefined) to.addIssue({ code: 'custom', message: problem });
});

/** Why a value cannot be kept, as the end of a sentence; undefined when it can. */
export function valueProblem(value: unknown): string | undefined {
  const fault = checkJson(value);
  if (fault) return fault.path === '' ? fault.message : `${fault.path} ${fault.message}`;
  const { length } = JSON.stringify(value) ?? '';
  if (length === 0) return 'is no JSON';
  return length > maxValueCharacters
    ? `has ${length} characters as JSON; an entry holds at most ${maxValueCharacters}. Keep it as a file, or split it`
    : undefined;
}

export const strategySchema = z.enum(strategyNames);
export const expectSchema = z.union([z.int().min(1), z.enum(['absent', 'any'])]);
export const expiresInSchema = z.int().min(1).max(maxExpiresInSeconds);
export const countersSchema = z.array(z.string().max(200)).max(20);

/** Who wrote: a person, or a step of a run; an agent where it wrote by itself. */
export const authorSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), id: z.string(), name: z.string() }),
  z.strictObject({
    kind: z.literal('run'),
    runId: z.uuid(),
    stepId: z.string(),
    /** What the step was called. */
    name: z.string(),
    agent: z.string().optional(),
    /** It had read content from outside by then, so what it wrote may come from there. */
    outside: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('system'), name: z.string() }),
]);
export type Author = z.infer<typeof authorSchema>;

/** What a change of an entry was. */
export const outcomes = [
  ...(['written', 'merged', 'deleted', 'restored', 'resolved', 'imported', 'expired'] as const),
] as const;
export type Outcome = (typeof outcomes)[number];

const iso = z.iso.datetime();
const key = z.string();

export const spaceSchema = z.strictObject({
  key,
  kind: z.enum(spaceKinds),
  name: z.string(),
  /** What people call it: of an agent, workflow, thread or person its name. */
  title: z.string(),
  /** Whether whom it belongs to is there no more. */
  orphaned: z.boolean(),
  entries: z.int(),
  conflicts: z.int(),
  /** Number of its last change. */
  number: z.int(),
  updatedAt: iso,
});
export type MemorySpace = z.infer<typeof spaceSchema>;

const facts = {
  path: z.string(),
  version: z.int(),
  author: authorSchema,
  updatedAt: iso,
  expiresAt: iso.nullable(),
};

export const listedEntrySchema = z.strictObject({
  ...facts,
  /** The beginning of its value as text. */
  preview: z.string(),
  conflict: z.boolean(),
  looksSecret: z.boolean(),
});
export type ListedEntry = z.infer<typeof listedEntrySchema>;

export const entrySchema = z.strictObject({
  ...facts,
  space: key,
  value: z.json(),
  checksum: z.string(),
  createdAt: iso,
  /** Whether somebody has to decide between two values of it. */
  conflict: z.boolean(),
  looksSecret: z.boolean(),
});
export type MemoryEntry = z.infer<typeof entrySchema>;

export const versionSchema = z.strictObject({
  version: z.int(),
  number: z.int(),
  outcome: z.enum(outcomes),
  strategy: z.string(),
  /** The version that its writer had read, where that was not the one before. */
  baseVersion: z.int().nullable(),
  author: authorSchema,
  at: iso,
  deleted: z.boolean(),
  value: z.json(),
  checksum: z.string(),
});
export type MemoryVersion = z.infer<typeof versionSchema>;

export const changeSchema = z.strictObject({
  number: z.int(),
  path: z.string(),
  version: z.int(),
  outcome: z.enum(outcomes),
  deleted: z.boolean(),
  author: authorSchema,
  at: iso,
  value: z.json().optional(),
});
export type MemoryChange = z.infer<typeof changeSchema>;

export const conflictSchema = z.strictObject({
  id: z.uuid(),
  space: key,
  path: z.string(),
  /** Places that both changed differently; `''` is the whole value. */
  leaves: z.array(z.string()),
  /** What the writer had read, what they wanted, and what stands there; absent where there is nothing. */
  base: z.json().optional(),
  mine: z.json(),
  theirs: z.json().optional(),
  theirsVersion: z.int(),
  author: authorSchema,
  at: iso,
});
export type MemoryConflict = z.infer<typeof conflictSchema>;

export const checkpointSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  number: z.int(),
  author: authorSchema,
  at: iso,
});
export type MemoryCheckpoint = z.infer<typeof checkpointSchema>;

export const hitSchema = z.strictObject({
  space: key,
  spaceTitle: z.string(),
  path: z.string(),
  version: z.int(),
  value: z.json(),
  snippet: z.string(),
  /** Why it was found: words of the value or the path that begin as asked, only similar ones, or a like meaning. */
  why: z.array(
    z.strictObject({
      kind: z.enum(['words', 'path', 'similar', 'meaning']),
      words: z.array(z.string()),
      /** Of a meaning: how like it is, 1 for the same. */
      similarity: z.number().optional(),
    }),
  ),
  score: z.number(),
  author: authorSchema,
  updatedAt: iso,
});
export type MemoryHit = z.infer<typeof hitSchema>;

/** Whether meaning was looked through: `away` for once. Entries that wait are found by their words alone so far. */
export const meaningStateSchema = z.strictObject({
  state: z.enum(['on', 'off', 'away']),
  waiting: z.int(),
});
export type MeaningState = z.infer<typeof meaningStateSchema>;

/** What came of a write. `kept` and `unchanged` wrote nothing; `conflict` waits for a decision. */
export const putOutcomes = ['written', 'merged', 'unchanged', 'kept', 'conflict'] as const;
export type PutOutcome = (typeof putOutcomes)[number];
