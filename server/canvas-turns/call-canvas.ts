import type { CanvasAnswer, CanvasCall } from '@/lib/canvas-turns/calls';
import { changeByRules } from '@/lib/canvas-turns/rules/change-by-rules';
import { titleOf } from '@/lib/chat/title';
import { catalogue } from '@/lib/nodes/catalogue';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { can } from '@/lib/people/can';
import { at, textIn, textsIn } from '@/lib/values/unknown';
import { knownOf } from '@/server/from-words/known-of';
import type { Services } from '@/server/services';
import { changeInTurn, type OfTurn } from '@/server/suggestions/turns/change-in-turn';
import { dropOverTurns, dropTurn, finishTurn } from '@/server/suggestions/turns/end-turn';
import { starterOf } from '@/server/tools/rights';
import { requireWorkflow } from '@/server/workflows/require-workflow';
import { type AgentPresence, showAgent } from './presence';
import { saysOf } from './says';
import { personOf } from './store';

type Needs = Pick<Services, 'pool' | 'bus' | 'drafts' | 'computation' | 'log'>;
/** The attempt that asks. */
export type CanvasPlace = {
  workspaceId: string;
  runId: string;
  stepId: string;
  attempt: number;
  /** A step of another run began this one. */
  inside: boolean;
  input: unknown;
  /** The same for every attempt of the call. */
  key: string;
  signal: AbortSignal;
};

/** Agents whose turns this process does, by attempt. */
const here = new Map<
  string,
  { presence: AgentPresence; agent: { handle: string; name: string } }
>();
const nameOf = ({ runId, stepId, attempt }: CanvasPlace) => `${runId} ${stepId} ${attempt}`;

/**
 * What an agent does at a canvas, in the name of whoever asked it: with the rights that this person has at the moment, of
 * which an agent gets reading and suggesting alone. A run that nobody asked to change a workflow is told so (`on`).
 */
export async function callCanvas(
  services: Needs,
  place: CanvasPlace,
  call: CanvasCall,
): Promise<CanvasAnswer> {
  const asked = place.inside ? undefined : askedIn(place.input);
  if (asked === undefined) return { on: false };
  const { workspaceId, runId } = place;
  const { workflowId } = asked;
  const { role, personId } = await starterOf(services.pool, runId);
  const may = personId !== undefined && role !== undefined && can(role, 'workflows.suggest');
  const now = here.get(nameOf(place));
  if (call.do === 'leave') {
    leave(place);
    return { on: true };
  }
  if (call.do === 'join') {
    if (!may || !(await isThere(services, workspaceId, workflowId))) return { on: false };
    await join(services, place, { workflowId, personId, agent: call });
    return { on: true };
  }
  const { agent = { handle: 'agent', name: 'Agent' } } = now ?? {};
  if (!may) {
    await dropTurn(
      services,
      { workspaceId, workflowId, runId },
      'Whoever asked may no longer suggest.',
    );
    leave(place);
    if (call.do === 'finish') return { on: true, says: 'Whoever asked may no longer suggest.' };
    throw new StepError('not_allowed', 'Whoever asked for this may no longer suggest changes.');
  }
  const of: OfTurn = {
    ...{ workspaceId, workflowId, runId, agent, userId: personId },
    title: titleOf(asked.text).slice(0, 200),
  };
  if (call.do === 'finish') {
    const changes = await finishTurn(services, of, call.text);
    leave(place);
    return { on: true, says: `${changes} changes` };
  }
  return change(services, place, { of, call, asked, presence: now?.presence });
}

type Change = {
  of: OfTurn;
  call: Extract<CanvasCall, { do: 'change' }>;
  asked: Asked;
  presence: AgentPresence | undefined;
};

async function change(
  services: Needs,
  { key, workspaceId }: CanvasPlace,
  { of, call, asked, presence }: Change,
): Promise<CanvasAnswer> {
  const me = await personOf(services.pool, of.userId);
  const known = call.byRules
    ? await knownOf(services, { workspaceId, email: me.email }, 'UTC')
    : undefined;
  let assumptions: string[] = [];
  const done = await changeInTurn(services, of, {
    key,
    edits(now) {
      if (known === undefined) return { edits: call.edits };
      const { text, selected } = asked;
      const ruled = changeByRules(now, { text, selected, known, catalogue });
      assumptions = ruled.assumptions;
      return ruled;
    },
    placed: ({ nodeId, at: spot }) => presence?.placing(nodeId, spot),
  });
  if (done.refused.length > 0) presence?.waiting();
  const { made, refused, problems } = done;
  const says = saysOf({ ...done, assumptions, byRules: call.byRules });
  return { on: true, says, made, refused, problems };
}

async function join(
  services: Needs,
  place: CanvasPlace,
  {
    workflowId,
    personId,
    agent: { handle, name },
  }: { workflowId: string; personId: string; agent: { handle: string; name: string } },
): Promise<void> {
  const { runId, signal } = place;
  const { name: by } = await personOf(services.pool, personId);
  signal.throwIfAborted();
  const presence = showAgent(services, { workflowId, runId, handle, name, by });
  here.set(nameOf(place), { presence, agent: { handle, name } });
  signal.addEventListener(
    'abort',
    () => {
      leave(place);
      // Stopped: what was made is withdrawn at once. Whoever looks at the suggestions does it else.
      dropOverTurns(services, workflowId).catch((error: unknown) =>
        services.log.warn({ err: error }, 'what a stopped agent made was not withdrawn just now'),
      );
    },
    { once: true },
  );
}

const isThere = (services: Needs, workspaceId: string, workflowId: string): Promise<boolean> =>
  requireWorkflow(services, { workspaceId }, workflowId).then(
    () => true,
    () => false,
  );

function leave(place: CanvasPlace): void {
  here.get(nameOf(place))?.presence.leave();
  here.delete(nameOf(place));
}

type Asked = { workflowId: string; selected: string[]; text: string };

function askedIn(input: unknown): Asked | undefined {
  const workflowId = textIn(at(input, 'change', 'workflowId'));
  if (workflowId === undefined) return undefined;
  const selected = textsIn(at(input, 'change', 'selected'));
  return { workflowId, selected, text: textIn(at(input, 'text')) ?? '' };
}
