import type { Drafted, DraftedStep } from '../drafted';
import { triggerWords } from '../trigger/drafted-trigger';
import { readTrigger } from '../trigger/read-trigger';
import { approve, branch, mail, notify, post, remember, wait } from './acting';
import {
  analyse,
  classify,
  doAll,
  extract,
  other,
  research,
  review,
  summarise,
  translate,
  write,
} from './asking';
import { type Action, type ActionKind, findActions } from './find-actions';
import { inOrder } from './in-order';
import { resultSteps } from './result-steps';
import { changeRows } from './rows';
import { fetchPage, readFile, textInput } from './sources';
import { addInput, addStep, type Known, newWeaving, type Weaving } from './weave';

const prelude =
  /^(?:please\s+)?(?:(?:can|could) you\s+)?(?:(?:create|build|make|set up|design|give me|i(?: would|'d)? (?:want|need|like)|we (?:want|need))\s+)(?:me\s+)?(?:an?|the|some)?\s*(?:new\s+|simple\s+|small\s+)?(?:workflow|automation|flow|pipeline|process|agent|bot)s?\s*(?:that|which|to|for|where|:|,)?\s*/i;

/** What a description asks for, without what leads to it. */
export const withoutPrelude = (text: string): string => text.trim().replace(prelude, '').trim();

/** Actions that end a loop: they are done once, with all that it made. */
const once: ReadonlySet<ActionKind> = new Set([
  ...(['mail', 'notify', 'post', 'remember', 'table', 'wait', 'approve'] as const),
]);

/**
 * A workflow read out of a description by its words alone, without any model: simple, but whole and without problems. What
 * was not said is assumed, and listed.
 */
export function byRules(description: string, title: string, known: Known): Ruled {
  const text = withoutPrelude(description);
  const { trigger, rest, assumptions } = readTrigger(text, known.timeZone);
  const actions = inOrder(findActions(rest));
  const weaving = newWeaving(known);
  const open = beginning(weaving, { text, actions, kind: trigger?.kind });
  const refused: { port: string; why: string }[] = [];
  const branches: Branches = { elses: [], tails: [], results: [] };
  for (const [at, action] of actions.entries()) {
    if (open && action.kind === 'file') continue;
    if (weaving.container !== undefined && once.has(action.kind)) closeLoop(weaving);
    const next = actions[at + 1]?.clause;
    act(weaving, action, { title, next, refused, branches, rest });
  }
  if (weaving.steps.every(({ type }) => ['http', 'rss', 'read-file'].includes(type))) {
    doAll(weaving, rest === '' ? text : rest);
  }
  if (weaving.container !== undefined) closeLoop(weaving);
  const steps = [startOf(weaving, triggerWords(trigger)), ...weaving.steps];
  const idle = idleAgents(text, known, steps);
  if (idle.length > 0) {
    weaving.assumptions.add(
      `Not understood: what ${idle.join(' and ')} should do. No step is given to ${idle.length === 1 ? 'it' : 'them'} yet: add one of the type Agent.`,
    );
  }
  return {
    ...{ title, description: description.trim(), trigger },
    steps: [...steps, ...resultSteps(weaving, branches, refused)],
    assumptions: [...assumptions, ...weaving.assumptions],
    asked: actions.map(({ kind }) => kind),
  };
}

/** Agents that the description names, and that do nothing in the draft. */
function idleAgents(text: string, { agents }: Known, steps: readonly DraftedStep[]): string[] {
  const words = text.toLowerCase().match(/[@\w-]+/g) ?? [];
  return agents
    .filter(
      (handle) =>
        words.some(
          (word, at) => word === `@${handle}` || (word === handle && words[at - 1] === 'the'),
        ) && !steps.some(({ config }) => config?.agent === handle),
    )
    .map((handle) => `@${handle}`);
}

/** With all that was asked for, done or not. */
export type Ruled = Drafted & { asked: ActionKind[] };

export type Branches = {
  /** Ports of branches that lead on without a step. */
  elses: string[];
  /** Where finished branches end, and what they made. */
  tails: string[];
  results: Weaving['results'];
};

type Beginning = { text: string; actions: readonly Action[]; kind: string | undefined };

/** What the workflow works on. Gives whether a file is read. */
function beginning(weaving: Weaving, { text, actions, kind }: Beginning): boolean {
  weaving.tails = ['start'];
  const has = (...kinds: ActionKind[]) => actions.some((action) => kinds.includes(action.kind));
  const rows = has('unique', 'sort', 'limit');
  if (has('file') || (rows && !has('fetch'))) {
    readFile(weaving, rows ? `${text} rows` : text);
    return true;
  }
  // A schedule gives nothing: what it works on is fetched, or made.
  if (kind === 'schedule' || actions[0]?.kind === 'fetch') return false;
  if (has('each') && !has('fetch')) return false;
  textInput(weaving, text, kind === 'chat' ? 'message' : undefined);
  return false;
}

type Around = {
  title: string;
  next: string | undefined;
  refused: { port: string; why: string }[];
  branches: Branches;
  rest: string;
};

/** Adds the steps that do what an action says. */
export function act(weaving: Weaving, action: Action, around: Around): void {
  const { title, next, refused, branches } = around;
  switch (action.kind) {
    case 'fetch':
      fetchPage(weaving, action);
      return;
    case 'file':
      readFile(weaving, around.rest);
      return;
    case 'each':
      openLoop(weaving);
      return;
    case 'if':
      branches.elses.push(branch(weaving, action));
      return;
    case 'otherwise':
      turn(weaving, branches);
      return;
    case 'approve': {
      const port = approve(weaving, action, next);
      const step = port.split(':')[0] ?? '';
      refused.push({ port, why: `steps.${step}.output.comment` });
      return;
    }
    case 'unique':
    case 'sort':
    case 'limit':
      changeRows(weaving, action);
      return;
    case 'remember':
    case 'table':
      remember(weaving, action, title);
      return;
    case 'mail':
      mail(weaving, action, title);
      return;
    case 'notify':
      notify(weaving, action, title);
      return;
    default:
      simple[action.kind](weaving, action);
  }
}

const simple = {
  post,
  wait,
  classify,
  extract,
  translate,
  summarise,
  research,
  review,
  analyse,
  write,
  other,
};

/** The other branch: what was made on the first one is not there. */
function turn(weaving: Weaving, branches: Branches): void {
  const port = branches.elses.pop();
  if (port === undefined) return;
  branches.tails.push(...weaving.tails);
  branches.results.push(...weaving.results.slice(-1));
  const before = stepsBefore(weaving.steps, port.split(':')[0] ?? '');
  weaving.results = weaving.results.filter(({ step }) => step === undefined || before.has(step));
  weaving.tails = [port];
}

function stepsBefore(steps: readonly DraftedStep[], id: string): Set<string> {
  const at = steps.findIndex((step) => step.id === id);
  return new Set(steps.slice(0, at).map((step) => step.id));
}

function openLoop(weaving: Weaving): void {
  if (weaving.container !== undefined) return;
  const items =
    weaving.rows ??
    addInput(weaving, {
      ...{ name: 'items', type: 'json', required: true },
      ...{ description: 'The list to go through.', default: '["First", "Second"]' },
    });
  if (weaving.rows === undefined) {
    weaving.assumptions.add('Where the list comes from was not said: the run is given it.');
  }
  const step = addStep(weaving, {
    ...{ id: 'each', type: 'map', name: 'For each', does: 'Does the steps inside for each item.' },
    config: { items, concurrency: 3 },
  });
  weaving.container = step;
  weaving.tails = [];
  weaving.results = [{ label: 'Item', expression: 'item' }];
}

function closeLoop(weaving: Weaving): void {
  const step = weaving.container;
  if (step === undefined) return;
  if (!weaving.steps.some(({ group }) => group === step)) {
    doAll(weaving, 'Do what is needed with this item');
  }
  delete weaving.container;
  weaving.tails = [step];
  weaving.results = [{ label: 'Results', expression: `steps.${step}.output.results`, step }];
}

function startOf({ inputs }: Weaving, when: string): DraftedStep {
  return {
    ...{ id: 'start', type: 'start', name: 'Start', after: [] },
    does: `Starts ${when}.`,
    config: {
      inputs: inputs.map(({ name, type, description, default: value = '', required = false }) => ({
        ...{ id: name, name, type, description, default: value, required },
      })),
    },
  };
}
