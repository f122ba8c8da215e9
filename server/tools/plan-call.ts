import { madeUpCode, madeUpText } from '@/lib/nodes/requests/made-up';
import { can } from '@/lib/people/can';
import { checkArgs } from '@/lib/tools/check-args';
import type { GivenTool, Tool } from '@/lib/tools/define-tool';
import { nearNames } from '@/lib/tools/near-name';
import { type AskReason, askReason } from '@/lib/tools/policy';
import type { ToolQuestion } from '@/lib/tools/question';
import { resultText } from '@/lib/tools/result-text';
import type { GrantedCall } from '@/lib/tools/task';
import { hashOf } from '@/server/idempotency/hash-of';
import type { Services } from '@/server/services';
import { taintFor } from './lineage/taint';
import { wasTold } from './lineage/told';
import type { CallerPlace } from './place';
import { inputSchemaOf, printOf } from './print';
import { starterOf } from './rights';
import { isAgreed } from './seal';
import { type NewCall, standingApprovals } from './store';

type Needs = Pick<Services, 'pool' | 'vault'>;

/** The code of a call by a model that was told of another form of the tool. */
export const toolChanged = 'tool_changed';

/** How long people have to answer. */
const patienceMs = 7 * 86_400_000;

type Planned = Pick<NewCall, 'args' | 'state' | 'ask' | 'result' | 'error'> & {
  given?: GivenTool;
};

/** What is to become of a new call: it may run, a person is asked first, or it is refused with a reason for the model. */
export async function planCall(
  services: Needs,
  place: CallerPlace,
  call: GrantedCall,
  tools: readonly GivenTool[],
  now: number,
): Promise<NewCall> {
  const { workspaceId, runId, stepId, effectKey } = place;
  const { turn, position, callId, name } = call;
  const planned = await decide(services, place, call, tools, now);
  const { given, ...rest } = planned;
  return {
    ...{ workspaceId, runId, stepId, effectKey, turn, position, callId: callId.slice(0, 200) },
    ...{ tool: name.slice(0, 200), title: given?.tool.title ?? name.slice(0, 200) },
    print: given === undefined ? '' : printOf(given.tool),
    effect: given === undefined ? 'read' : effectOf(given.tool, rest.args),
    argsHash: hashOf(rest.args),
    answer: null,
    ...rest,
  };
}

export const effectOf = (tool: Tool, args: unknown): Tool['effect'] =>
  tool.effectOf?.(args) ?? tool.effect;

async function decide(
  services: Needs,
  place: CallerPlace,
  call: GrantedCall,
  tools: readonly GivenTool[],
  now: number,
): Promise<Planned> {
  const refused = (code: string, result: string, given?: GivenTool): Planned => ({
    ...{ args: call.args ?? {}, state: 'failed', ask: null, result, error: code },
    ...(given === undefined ? {} : { given }),
  });
  const given = tools.find(({ tool }) => tool.name === call.name);
  if (given === undefined) return refused('no_such_tool', unknownText(call.name, tools));
  const { tool, grant } = given;
  const checked = checkArgs(tool, call.args);
  if (!checked.ok) return refused('invalid_arguments', checked.problem, given);
  const { args } = checked;
  if (call.print !== undefined && call.print !== printOf(tool))
    return refused(toolChanged, changedText(tool), given);
  if (tool.unavailable !== undefined) return refused('unavailable', tool.unavailable, given);
  const right = await rightProblem(services, place, tool);
  if (right !== undefined) return refused('not_allowed', right, given);
  const effect = effectOf(tool, args);
  if (place.mode === 'rehearsal' && effect !== 'read') {
    const result = `Rehearsed: ${tool.title} was not run, since it could change something.`;
    return { args, state: 'done', ask: null, result, error: null, given };
  }
  const outward = await isOutward(services, place, tool, args);
  // A run that a call begins refuses by itself, where something leaves it.
  if (outward && effect !== 'read' && !tool.begins) {
    const names = await place.madeUp();
    if (names.length > 0) return refused(madeUpCode, madeUpText(names), given);
  }
  const ask = await askOf(services, place, { tool, args, effect, grant, now, outward });
  return { args, state: ask === null ? 'planned' : 'asked', ask, result: null, error: null, given };
}

/** Names that a model is told of after one that is none: of many it finds the others. */
const mostNamed = 20;

function unknownText(name: string, tools: readonly GivenTool[]): string {
  const names = tools.map(({ tool }) => tool.name);
  const near = nearNames(name, names);
  const meant = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
  const others = names.length > mostNamed ? `, and ${names.length - mostNamed} more` : '';
  const known =
    names.length === 0
      ? 'There are none.'
      : `There are: ${names.slice(0, mostNamed).join(', ')}${others}.`;
  return `There is no tool "${name.slice(0, 100)}".${meant} ${known}`;
}

/** Models act on what they were told: of a tool that is another one by now they are told before they use it. */
const changedText = (tool: Tool): string =>
  resultText(
    `“${tool.name}” was changed since you were told of it, so it was not run. It is now: ${tool.description} Its arguments: ${JSON.stringify(inputSchemaOf(tool))}`,
    tool.maxResult,
  );

/** Why the run may not use a tool: whoever stands behind it may not do that. Default deny. */
export async function rightProblem(
  { pool }: Pick<Services, 'pool'>,
  { runId }: Pick<CallerPlace, 'runId'>,
  { permission, title }: Pick<Tool, 'permission' | 'title'>,
): Promise<string | undefined> {
  const { role } = await starterOf(pool, runId);
  if (role !== undefined && can(role, permission)) return undefined;
  return role === undefined
    ? `Not allowed: nobody who may use “${title}” stands behind this run.`
    : `Not allowed: whoever started this run may not use “${title}” (their role is ${role}).`;
}

/** Whether a call carries something to the outside. */
async function isOutward(
  { pool }: Needs,
  place: CallerPlace,
  { outward }: Tool,
  args: unknown,
): Promise<boolean> {
  if (typeof outward !== 'function') return outward === true;
  return outward(args, (text) => wasTold(pool, place, text));
}

async function askOf(
  services: Needs,
  place: CallerPlace,
  {
    tool,
    args,
    effect,
    grant,
    now,
    outward,
  }: GivenTool & { args: unknown; effect: Tool['effect']; now: number; outward: boolean },
): Promise<ToolQuestion | null> {
  const { pool, vault } = services;
  const taint = outward ? await taintFor(pool, place) : untainted;
  const reason = askReason(tool, grant, { outward, taint, effect });
  if (reason === undefined) return null;
  const print = printOf(tool);
  const hash = hashOf(args);
  const standing = await standingApprovals(pool, place.runId, tool.name);
  const covers = standing.some(
    (row) =>
      row.print === print &&
      (row.argsHash === hash || (row.answer?.scope === 'run' && isAsked(row, reason))) &&
      isAgreed(vault, row),
  );
  if (covers) return null;
  return { kind: 'approval', why: reason.kind, text: reason.text, expiresAt: now + patienceMs };
}

const untainted = { outside: false, private: false };

/** What was approved before the step had read both is not approved for what it may have been told since. */
const isAsked = ({ ask }: Pick<NewCall, 'ask'>, { kind }: AskReason): boolean =>
  kind !== 'taint' || (ask?.kind === 'approval' && ask.why === 'taint');
