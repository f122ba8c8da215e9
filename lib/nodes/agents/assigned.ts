import { z } from 'zod';
import { assign, type Candidate, type Team } from '@/lib/agents/assignment/assign';
import { type Needs, needsText } from '@/lib/agents/assignment/needs';
import {
  type Assignment,
  type Assignments,
  agentsChanged,
  type Try,
  trySchema,
} from '@/lib/agents/assignment/record';
import { excluded, remedyFor } from '@/lib/agents/assignment/remedy';
import type { Plan } from '@/lib/runs/schema';
import { type NodeContext, StepError, type Suspension, suspend } from '../node-type/define-node';
import { personAsk, readDecision } from './ask-person';

const memoSchema = z.object({
  tries: z.array(trySchema),
  /** How often somebody was looked for in vain, one look after another. */
  looks: z.int().default(0),
  /** Tries before this one do not count: a person let agents try again. */
  from: z.int().default(0),
  /** It has failed: why. Kept before the step fails, so that the record has the last failure, too. */
  ended: z.string().optional(),
  /** A person was asked what to do. */
  asked: z.boolean().default(false),
  /** What people see of it. */
  shown: z.unknown(),
});

/** When it looks again by itself, in seconds: it is told of changed agents, but not of a tool that works again. */
const looksAfter = [2, 30, 60, 300];

/** A step's task as an agent gets it. */
export type AssignedTask = {
  needs: Needs;
  /** As the run of the agent gets it; `task` is its text. */
  input: { task: string } & Record<string, unknown>;
  /** What all who try it may spend together, in US dollars. */
  capUsd?: number;
  /** A run of one step for an agent, with what is left to spend; no agent means a general assistant. */
  planFor(agent: Candidate | undefined, leftUsd: number | undefined): Plan;
  /** Where nobody can do it, a person is asked; `shaped`: data of a shape is wanted, which nobody types. */
  askPerson?: { shaped: boolean };
};

/**
 * Gives a task to the agent that fits best, as a run of its own, and to another one when it fails. Each choice is in the
 * journal before anything of it is done, and so is each failure before the step fails. Nobody fits: the step waits until
 * somebody does. Nobody can: a person is asked, where the step says so.
 */
export async function runAssigned(
  context: NodeContext,
  taskOf: () => Promise<AssignedTask>,
): Promise<unknown> {
  const memo = context.memo === undefined ? undefined : memoSchema.parse(context.memo);
  const tries: Try[] = [...(memo?.tries ?? [])];
  let from = memo?.from ?? 0;
  let told: string | undefined;
  const last = tries.at(-1);
  let team: Team | undefined;
  if (memo?.ended !== undefined) throw failure(tries, memo.ended);
  if (memo?.asked) {
    const decided = readDecision(context.resumed);
    if (decided === undefined) throw failure(tries, 'Nobody said what to do.');
    if (decided.do === 'fail') {
      throw failure(
        tries,
        `${decided.by} let it fail${decided.comment ? `: ${decided.comment}` : '.'}`,
      );
    }
    if (decided.do === 'answer') {
      context.note?.(`No agent could do it, so ${decided.by} answered.`);
      return byPerson(decided);
    }
    from = tries.length;
  } else if (last !== undefined && last.failed === undefined) {
    const [ended] = await context.children(last.round);
    if (ended?.ok) return done(context, await context.hydrate(ended.output), tries);
    const { code, message } = ended?.error ?? { code: 'not_begun', message: 'It was not begun.' };
    const failed = { code, message };
    team = await context.team({ tools: last.assignment.needs.tools, round: last.round });
    tries[tries.length - 1] = { ...last, failed };
    const remedy = remedyFor(tries.slice(from), team.acted);
    tries[tries.length - 1] = { ...last, failed, remedy: remedy.text };
    if (!remedy.go) return giveUp(context, taskOf, { tries, from, ...remedy });
    told = remedy.told;
  }
  const task = await taskOf();
  const { needs, input, planFor, capUsd } = task;
  const spent = tries.length === 0 ? 0 : await context.spentBelow();
  // Down to a millionth: parts of that are of the arithmetic.
  const leftUsd = capUsd === undefined ? undefined : Math.floor((capUsd - spent) * 1e6) / 1e6;
  if (leftUsd !== undefined && leftUsd <= 0) {
    const text = 'What it may cost is spent, so nobody else began.';
    return giveUp(context, async () => task, { tries, from, person: false, text });
  }
  team ??= await context.team({ tools: needs.tools });
  const not = new Map([...team.not, ...excluded(tries.slice(from))]);
  const round = tries.length;
  const assignment = assign(needs, team.agents, {
    seed: `${context.idempotencyKey}/${round}`,
    not,
  });
  const { taken, missing } = assignment;
  if (taken !== null) {
    const plan = planFor(
      team.agents.find(({ handle }) => handle === taken),
      leftUsd,
    );
    const text = told === undefined ? input.task : `${input.task}\n\n${told}`;
    const next = { input: { ...input, task: text }, plan };
    return begin({ tries, from }, { round, assignment }, next);
  }
  const failed = tries.pop();
  if (failed !== undefined) {
    const text = `Nobody else fits: ${missing?.join(' ')}`;
    tries.push({ ...failed, remedy: text });
    return giveUp(context, async () => task, { tries, from, person: true, text });
  }
  if (context.scope.run.mode === 'rehearsal') {
    const reason = `${assignment.reason} A live run would wait; in this rehearsal a general assistant does it.`;
    const made = { round, assignment: { ...assignment, reason, taken: '' } };
    return begin({ tries, from }, made, { plan: planFor(undefined, leftUsd), input });
  }
  return look(context, assignment, memo?.looks ?? 0);
}

type GivenUp = { tries: Try[]; from: number; person: boolean; text: string };

/** Nothing more is done by itself: a person is asked, or the step fails once that is in the journal. */
async function giveUp(
  context: NodeContext,
  taskOf: () => Promise<AssignedTask>,
  { tries, from, person, text }: GivenUp,
): Promise<Suspension> {
  const shown: Assignments = { tries };
  const { askPerson, needs, input } = await taskOf();
  if (askPerson === undefined || !person || context.scope.run.mode === 'rehearsal') {
    const memo = { tries, from, ended: text, shown };
    return suspend({ kind: 'timer', until: context.now(), end: { ok: 'again' }, memo });
  }
  const ask = personAsk({ needs, task: input.task, tries, why: text, shaped: askPerson.shaped });
  await context.notify({ role: ask.role, text: ask.question, key: `assignment-${tries.length}` });
  return suspend({ kind: 'person', ask, memo: { tries, from, asked: true, shown } });
}

/** What a person wrote, as an agent would have given it. */
const byPerson = ({ text, by }: { text: string; by: string }) => ({
  ...{ text, value: null, agent: '', model: '', rehearsed: false },
  by,
});

function begin(
  { tries: before, from }: { tries: readonly Try[]; from: number },
  made: Try,
  { plan, input }: { plan: Plan; input: Record<string, unknown> },
): Suspension {
  const tries = [...before, made];
  const shown: Assignments = { tries };
  return suspend({
    kind: 'children',
    memo: { tries, from, shown },
    ask: shown,
    children: {
      of: { kind: 'plan', plan, alone: true },
      ...{ inputs: [input], concurrency: 1, failFast: true, round: made.round },
    },
  });
}

/** Waits for an agent that fits: for word of agents that have changed, and by looking again. */
function look(context: NodeContext, waits: Assignment, looks: number): Suspension {
  const shown: Assignments = { tries: [], waits };
  const seconds = looksAfter[Math.min(looks, looksAfter.length - 1)] ?? 0;
  return suspend({
    ...{ kind: 'message', channel: agentsChanged, until: context.now() + seconds * 1_000 },
    end: { ok: 'again' },
    ask: shown,
    memo: { tries: [], looks: looks + 1, shown },
    // Who has just begun to look may find somebody in a moment.
    ...(looks === 0 ? {} : { tell: `No agent fits. ${waits.reason}` }),
  });
}

function done(context: NodeContext, output: unknown, tries: readonly Try[]): unknown {
  const { assignment } = tries.at(-1) ?? {};
  const before = tries
    .slice(0, -1)
    .map(({ assignment: { taken }, remedy }) => `@${taken} failed. ${remedy}`);
  context.note?.([...before, assignment?.reason ?? ''].join(' '));
  return output;
}

function failure(tries: readonly Try[], why: string): StepError {
  const last = tries.at(-1);
  const who = [...new Set(tries.map(({ assignment }) => `@${assignment.taken}`))].join(', ');
  const needs = last === undefined ? '' : needsText(last.assignment.needs);
  const message = `The task (${needs}) was given to ${who} and failed: ${last?.failed?.message} ${why}`;
  return new StepError('assignment_failed', message);
}
