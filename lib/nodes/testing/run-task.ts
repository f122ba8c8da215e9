import type { Team } from '@/lib/agents/assignment/assign';
import { readTextFile } from '@/lib/files/read-text-file';
import { feedFrom, pageFrom } from '@/lib/markup/read-markup';
import type { Wait } from '@/lib/runs/schema';
import { catalogue } from '../catalogue';
import {
  type ChildOutcome,
  type ModelAnswer,
  type NodeContext,
  Suspension,
} from '../node-type/define-node';
import { scopeFunctions } from '../node-type/scope-functions';

type Request = Parameters<NodeContext['model']>[0];
type Given = {
  input?: unknown;
  /** What the model answers, one after another: a text, or a value for a schema. */
  answers?: unknown[];
  memo?: unknown;
  resumed?: unknown;
  /** What the runs that it started have cost. */
  spentUsd?: number;
  children?: Record<number, ChildOutcome[]>;
  arrived?: string[];
  team?: Team;
  mode?: 'live' | 'rehearsal';
};

/** Runs a task of this type once, with a model that gives the answers in turn. */
export async function runTask(type: string, config: object, given: Given = {}) {
  const node = catalogue[type];
  if (node?.kind !== 'task') throw new Error(`no task ${type}`);
  const asked: Request[] = [];
  const notes: string[] = [];
  const answers = [...(given.answers ?? [])];
  const scope = {
    input: given.input ?? {},
    steps: { a: { output: 1 }, b: { output: 2 } },
    run: { id: 'r', mode: given.mode ?? ('live' as const), startedAt: '' },
  };
  const context: NodeContext = {
    ...scopeFunctions(scope),
    read: async (file, settings) => readTextFile(file, settings),
    async model(request): Promise<ModelAnswer> {
      asked.push(request);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer ?? null);
      return {
        text,
        parts: [{ type: 'text', text }],
        toolCalls: [],
        finish: 'stop',
        value: answer,
        provider: 'openai',
        model: 'm',
        rehearsed: false,
        reason: 'A key.',
        usage: { inputTokens: 1, outputTokens: 1, costUsd: 0 },
      };
    },
    agent: async () => undefined,
    team: async () => given.team ?? { agents: [], not: [], acted: [] },
    openTask: () => Promise.reject(new Error('no tasks')),
    spentBelow: async () => given.spentUsd ?? 0,
    keepTurn: () => Promise.reject(new Error('no tasks')),
    callTool: () => Promise.reject(new Error('no tools')),
    feed: async (bytes) => feedFrom(bytes),
    page: async (job) => pageFrom(job),
    code: () => Promise.reject(new Error('no sandbox')),
    file: () => Promise.reject(new Error('no files')),
    http: () => Promise.reject(new Error('no requests')),
    service: () => Promise.reject(new Error('no services')),
    saveFile: () => Promise.reject(new Error('no files')),
    note: (reason) => void notes.push(reason),
    now: () => 1_000,
    memo: given.memo,
    resumed: given.resumed,
    arrived: given.arrived ?? [],
    children: async (round) => given.children?.[round] ?? [],
    hydrate: async (value) => value,
    notify: async () => ({ reached: true }),
    operation: () => Promise.reject(new Error('no services')),
    idempotencyKey: 'r/s',
    signal: new AbortController().signal,
  };
  const result = await node.run(context, node.config.parse(config));
  return { result, asked, notes };
}

/** What a result waits for; throws when it does not. */
export function waitOf(result: unknown): Wait {
  if (!Suspension.isInstance(result)) throw new Error('it does not wait');
  return result.wait;
}
/** The end of a run that a step started. */
export const childOk = (output: unknown): ChildOutcome[] => [{ index: 0, ok: true, output }];
