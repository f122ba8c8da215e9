import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import { can } from '@/lib/people/can';
import type { Actor } from '@/lib/people/schema';
import { checkArgs } from '@/lib/tools/check-args';
import type { answerApproval as contract } from '@/lib/tools/contract';
import type { Tool } from '@/lib/tools/define-tool';
import type { ToolAnswerInput } from '@/lib/tools/question';
import { transaction } from '@/server/db/transaction';
import { hashOf } from '@/server/idempotency/hash-of';
import { insertAudit } from '@/server/people/insert-audit';
import type { Services } from '@/server/services';
import { announceCall } from '../announce-call';
import { findTools } from '../find-tools';
import { printOf } from '../print';
import { sealAgreed } from '../seal';
import type { WaitingRow } from '../view';
import { type Answered, storeAnswer } from './answer-store';
import { resumeStep } from './resume-step';
import { findWaiting } from './waiting-store';

type Needs = Pick<Services, 'pool' | 'bus' | 'engine' | 'vault'>;

/**
 * Takes what a person says about a call that waits, and lets its step go on. Given again, it only does the latter. Throws
 * `not_found`, `forbidden`, `conflict` when somebody else was first or the tool was changed, and `invalid_input`, after
 * all of which it waits on.
 */
export async function answerApproval(
  services: Needs,
  actor: Actor,
  { params, body }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool } = services;
  const row = await findWaiting(pool, actor.workspaceId, params.id);
  if (row === undefined) throw new AppError('not_found', 'This call of a tool does not exist.');
  if (row.over) throw new AppError('conflict', 'The run is over: nothing waits any more.');
  const mine = row.answer?.by.id === actor.userId && row.answer.do === body.do;
  if (!mine) {
    const answered = await answerOf(services, actor, row, body);
    const took = await transaction(pool, async (client) => {
      if (!(await storeAnswer(client, row, answered))) return false;
      const detail = { call: row.id, tool: row.tool, answer: body.do, argsHash: answered.argsHash };
      await insertAudit(client, actor, 'tool.answered', { type: 'run', id: row.runId }, detail);
      return true;
    });
    if (!took) throw new AppError('conflict', 'Someone else has answered this already.');
  }
  await resumeStep(services, actor, row);
  announceCall(services, row);
  const now = await findWaiting(pool, actor.workspaceId, params.id);
  return { id: row.id, state: now?.state ?? row.state };
}

async function answerOf(
  services: Needs,
  actor: Actor,
  row: WaitingRow,
  body: ToolAnswerInput,
): Promise<Answered> {
  requireAsked(row, body);
  const by = { id: actor.userId, name: actor.name };
  const at = new Date().toISOString();
  const { args, argsHash } = row;
  const same = { args, argsHash, askedArgs: undefined };
  switch (body.do) {
    case 'refuse':
      return {
        ...{ ...same, state: 'refused', answer: { do: body.do, by, at, text: body.note } },
        result:
          body.note === ''
            ? `${actor.name} refused this.`
            : `${actor.name} refused this: ${body.note}`,
      };
    case 'answer':
      return {
        ...{ ...same, state: 'done', answer: { do: body.do, by, at, text: body.text } },
        result: `${actor.name} answered: ${body.text}`,
      };
    case 'happened':
      return {
        ...{ ...same, state: 'done', answer: { do: body.do, by, at } },
        result: body.result || `${actor.name} confirmed that it was done.`,
      };
    case 'failed':
      return {
        ...{ ...same, state: 'failed', answer: { do: body.do, by, at } },
        result: `${actor.name} says that it was not done.`,
      };
    case 'approve':
    case 'again': {
      const tool = await requireTool(services, actor, row);
      const edited = body.do === 'approve' ? body.args : undefined;
      const next = edited === undefined ? args : checked(tool, edited);
      const hash = hashOf(next);
      const changed = hash !== argsHash;
      const scope = body.do === 'approve' ? body.scope : 'once';
      const seal = sealAgreed(services.vault, actor.workspaceId, {
        ...{ id: row.id, runId: row.runId, callId: row.callId, tool: row.tool, print: row.print },
        ...{ argsHash: hash, scope, by: by.id, at },
      });
      return {
        ...{ state: 'approved', args: next, argsHash: hash, result: null },
        askedArgs: changed ? args : undefined,
        answer: { do: body.do, by, at, scope, seal, ...(changed ? { edited: true as const } : {}) },
      };
    }
  }
}

/** Throws where the answer is none to what is asked, or the person saw other arguments. */
function requireAsked({ state, ask, argsHash }: WaitingRow, body: ToolAnswerInput): void {
  if (state !== 'asked' && state !== 'unknown') {
    throw new AppError('conflict', 'This call no longer waits: someone else has answered.');
  }
  const fits = {
    approval: ['approve', 'refuse'],
    question: ['answer', 'refuse'],
    unknown: ['happened', 'again', 'failed'],
  }[ask?.kind ?? 'unknown'];
  if (!fits.includes(body.do)) {
    throw new AppError('invalid_input', `Answer with ${fits.join(', ')}. The call waits on.`);
  }
  if (body.do === 'approve' && body.argsHash !== argsHash) {
    throw new AppError('conflict', 'The arguments are not those that you saw. Look at them again.');
  }
}

/** The tool as it was asked for, which the person may use, too. */
async function requireTool(services: Needs, actor: Actor, row: WaitingRow): Promise<Tool> {
  const tools = await findTools(services, actor.workspaceId);
  const tool = tools.find(({ name }) => name === row.tool);
  if (tool === undefined || printOf(tool) !== row.print) {
    const message = `“${row.title}” was changed or removed since it was asked for. Refuse it; the agent can ask again.`;
    throw new AppError('conflict', message);
  }
  if (!can(actor.role, 'runs.start') || !can(actor.role, tool.permission)) {
    throw new AppError('forbidden', `Your role may not approve “${row.title}”. The call waits on.`);
  }
  return tool;
}

function checked(tool: Tool, given: unknown): unknown {
  const read = checkArgs(tool, given);
  if (read.ok) return read.args;
  throw new AppError('invalid_input', `${read.problem} The call waits on.`);
}
