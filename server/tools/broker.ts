import { catalogue } from '@/lib/nodes/catalogue';
import { isSettled, type ToolOutcome } from '@/lib/tools/call';
import type { GivenTool, ToolPause } from '@/lib/tools/define-tool';
import { keptResult, refOf } from '@/lib/tools/result-text';
import type { GrantedCall } from '@/lib/tools/task';
import { compile } from '@/lib/workflows/compile';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { act } from './act';
import { announceCall } from './announce-call';
import { grantedTools } from './find-tools';
import { taintOfRound } from './lineage/taint';
import type { CallerPlace } from './place';
import { planCall, rightProblem } from './plan-call';
import { printOf } from './print';
import { isAgreed } from './seal';
import {
  askAbout,
  beginCall,
  type CallRow,
  findCall,
  finishCall,
  insertCall,
  sameKeyElsewhere,
} from './store';
import { outcomeOf } from './view';
import { callRound } from './workflow-round';

type Needs = Pick<Services, 'pool' | 'vault' | 'bus'> & { now(): number };

/**
 * The one way from a caller to a tool. Arguments, rights and approval come before anything is done, each call is a row from
 * the beginning, and what acts once only is begun once: when nobody can tell whether it happened, a person is asked.
 * Made again for the same place it goes on where the last attempt stopped. Throws when the attempt was given up.
 */
export async function callTool(
  services: Needs,
  place: CallerPlace,
  call: GrantedCall,
): Promise<ToolOutcome> {
  const { runId, stepId } = place;
  const { turn, position } = call;
  const known = await findCall(services.pool, { runId, stepId, turn, position });
  const over = known && outcomeOf(known);
  if (over) return over;
  const tools = await grantedTools(services, place.workspaceId, call.grants);
  const row =
    known ??
    (await insertCall(services.pool, await planCall(services, place, call, tools, services.now())));
  const isHeld = call.hold === true && (row.state === 'planned' || row.state === 'approved');
  const outcome = isHeld
    ? ({ state: 'held' } as const)
    : await goOn({ services, place, tools, agent: call.agent }, row);
  announceCall(services, place);
  if (outcome.state === 'asked' || outcome.state === 'unknown') {
    const role = row.ask?.kind === 'question' ? 'commenter' : 'editor';
    await place.notify({ role, text: outcome.text, key: `tool ${row.id} ${outcome.state}` });
  }
  return outcome;
}

type Caller = {
  services: Needs;
  place: CallerPlace;
  tools: readonly GivenTool[];
  agent: string | undefined;
};

async function goOn(caller: Caller, row: CallRow): Promise<ToolOutcome> {
  const { services, place, tools } = caller;
  const over = outcomeOf(row);
  if (over) return over;
  const given = tools.find(({ tool }) => tool.name === row.tool);
  const refuse = async (error: string, result: string) => {
    await finishCall(
      services.pool,
      { id: row.id, attempt: place.attempt },
      { state: 'failed', result, error },
    );
    return again(caller, row);
  };
  switch (row.state) {
    case 'asked':
    case 'unknown':
      return waiting(caller, row);
    case 'running':
      if (row.round !== null) return runOf(caller, row);
      if (row.effect === 'once')
        return unclear(caller, row, 'The process that ran it ended before it could say so.');
      break;
    case 'approved': {
      const problem = agreedProblem(caller, row, given);
      if (problem !== undefined) return refuse('approval_invalid', problem);
      break;
    }
    default:
  }
  if (given === undefined)
    return refuse('no_such_tool', `The tool "${row.tool}" is no longer there.`);
  const right = await rightProblem(services, place, given.tool);
  if (right !== undefined) return refuse('not_allowed', right);
  return run(caller, row, given);
}

/** Why an approval does not hold: something of the call is not what the person agreed to. */
function agreedProblem(
  { services }: Caller,
  row: CallRow,
  given: GivenTool | undefined,
): string | undefined {
  const same =
    given !== undefined &&
    printOf(given.tool) === row.print &&
    hashOf(row.args) === row.argsHash &&
    isAgreed(services.vault, row);
  if (same) return undefined;
  return 'It was not run: the tool or its arguments are no longer what was approved. Ask again.';
}

async function run(caller: Caller, row: CallRow, given: GivenTool): Promise<ToolOutcome> {
  const { services, place } = caller;
  const { pool } = services;
  const { id } = row;
  const { attempt } = place;
  const before = row.effect === 'once' ? await sameKeyElsewhere(pool, row) : undefined;
  if (before?.state === 'done') {
    if (!(await beginCall(pool, { id, attempt }))) return again(caller, row);
    const { result, outside, private: hidden } = before;
    await finishCall(
      pool,
      { id, attempt },
      { state: 'done', result: result ?? '', outside, private: hidden },
    );
    return again(caller, row);
  }
  if (before)
    return unclear(
      caller,
      row,
      'An earlier run of this step began it, and did not say how it ended.',
    );
  const round = given.tool.begins ? place.storedRound(await callRound(pool, row)) : undefined;
  if (!(await beginCall(pool, { id, attempt, ...(round === undefined ? {} : { round }) }))) {
    return again(caller, row);
  }
  announceCall(services, place);
  const acted = await act(place, row, given, caller);
  if ('pause' in acted) return paused(caller, { ...row, round: round ?? null }, acted.pause);
  if ('unclear' in acted) return unclear(caller, row, acted.unclear);
  await finishCall(pool, { id, attempt }, acted.end);
  const outcome = await again(caller, row);
  return isSettled(outcome) && acted.value !== undefined
    ? { ...outcome, value: acted.value }
    : outcome;
}

/** The row as it stands now, which another attempt or a person may have moved on. */
async function again(caller: Caller, row: CallRow): Promise<ToolOutcome> {
  const now = await findCall(caller.services.pool, row);
  if (now === undefined) throw new Error('a call that went away');
  const over = outcomeOf(now);
  if (over) return over;
  if (now.state === 'asked' || now.state === 'unknown') return waiting(caller, now);
  caller.place.signal.throwIfAborted();
  throw new Error(`another attempt has the call ${row.id}`);
}

async function paused(caller: Caller, row: CallRow, pause: ToolPause): Promise<ToolOutcome> {
  if (pause.pause !== 'question') return startedBy(caller, row, pause);
  const expiresAt = caller.services.now() + questionMs;
  const { question: text, choices } = pause;
  await askAbout(caller.services.pool, row.id, 'asked', {
    kind: 'question',
    text,
    choices,
    expiresAt,
  });
  return again(caller, row);
}
const questionMs = 30 * 86_400_000;

async function unclear(caller: Caller, row: CallRow, why: string): Promise<ToolOutcome> {
  const text = `Nobody knows whether “${row.title}” happened. ${why}`;
  await askAbout(caller.services.pool, row.id, 'unknown', { kind: 'unknown', text });
  return again(caller, row);
}

/** Waits for a person, or is refused when the time for that is over. */
async function waiting({ services, place }: Caller, row: CallRow): Promise<ToolOutcome> {
  const { ask, id, state } = row;
  if (ask && ask.kind !== 'unknown' && services.now() >= ask.expiresAt) {
    const result = 'Nobody answered in time, so it was not done.';
    const end = { state: 'refused' as const, result, error: 'expired' };
    await finishCall(services.pool, { id, attempt: place.attempt }, end);
    return { state: 'refused', result };
  }
  const text =
    ask?.kind === 'approval' ? `“${row.title}” needs an approval. ${ask.text}` : (ask?.text ?? '');
  return { state: state === 'unknown' ? 'unknown' : 'asked', id, text };
}

/** A call that is a run: its end is the result; until then the step waits for it. */
async function runOf(caller: Caller, row: CallRow): Promise<ToolOutcome> {
  const { services, place, tools } = caller;
  const { pool } = services;
  const round = row.round ?? 0;
  const [end] = await place.outcomes(round);
  const given = tools.find(({ tool }) => tool.name === row.tool);
  const { id } = row;
  const { attempt } = place;
  if (end === undefined) {
    if (given === undefined) throw new Error('a tool that is no longer there');
    // Another attempt began it; what is begun is asked once more, which changes nothing.
    const acted = await act(place, row, given, caller);
    if ('pause' in acted && acted.pause.pause !== 'question') {
      return startedBy(caller, row, acted.pause);
    }
    const problem = 'end' in acted ? acted.end : undefined;
    const failed = { state: 'failed' as const, result: 'It could not be begun.' };
    await beginCall(pool, { id, attempt });
    await finishCall(pool, { id, attempt }, problem ?? failed);
    return again(caller, row);
  }
  // The attempt that suspended is not the one that hears of the end.
  await beginCall(pool, { id, attempt });
  const most = given?.tool.maxResult ?? 30_000;
  const value = end.ok ? await place.hydrate(end.output) : undefined;
  const { text: result, whole } = end.ok
    ? keptResult(value, most, refOf(row))
    : { text: end.error.message };
  const below = await taintOfRound(pool, { ...row, round }, value);
  const flags = {
    outside: given?.tool.outside !== undefined || below.outside,
    private: given?.tool.private !== undefined || below.private,
  };
  const state = end.ok ? ('done' as const) : ('failed' as const);
  const error = end.ok ? {} : { error: end.error.code };
  const kept = whole === undefined ? {} : { whole };
  await finishCall(pool, { id, attempt }, { state, result, ...kept, ...error, ...flags });
  return { state, result, ...(end.ok ? { value } : {}) };
}

/** The run that a call is, for which the step waits from now on. */
async function startedBy(
  { services, place }: Caller,
  row: CallRow,
  pause: Exclude<ToolPause, { pause: 'question' }>,
): Promise<ToolOutcome> {
  const { pool } = services;
  const shown = await callRound(pool, row);
  // Its step failed since, before the run began: it begins under the round of this attempt.
  const now = place.storedRound(shown);
  if (now !== row.round) {
    await beginCall(pool, { id: row.id, attempt: place.attempt, round: now });
  }
  const of =
    pause.pause === 'workflow'
      ? ({ kind: 'workflow', workflowId: pause.workflowId } as const)
      : ({ kind: 'plan', plan: compile(pause.definition, catalogue), alone: true } as const);
  return { state: 'started', of, input: pause.input, round: shown };
}
