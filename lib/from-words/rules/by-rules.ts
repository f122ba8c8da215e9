import type { Drafted, DraftedStep } from '../drafted';
import { plainWords } from '../plain/plain-words';
import { triggerWords } from '../trigger/drafted-trigger';
import { mailNoun } from '../trigger/read-mail';
import { readTrigger } from '../trigger/read-trigger';
import { approve, branch, classIn, post, remember, saidIn, wait } from './acting';
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
import {
  joinBranch,
  joinsBefore,
  noteOnBranch,
  openBranch,
  otherSide,
  sideOfApproval,
} from './branches';
import { type Action, type ActionKind, findActions } from './find-actions';
import { inOrder } from './in-order';
import { resultSteps } from './result-steps';
import { assumeColumns, changeRows } from './rows';
import { mail, notify, sendReply } from './sending';
import { fetchPage, mailInputs, readFile, readInbox, tabular, textInput } from './sources';
import { unsaid } from './unsaid';
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
  const said = plainWords(withoutPrelude(description), known.members ?? []);
  const { trigger, rest, words, assumptions } = readTrigger(
    said.text,
    known.timeZone,
    known.mailbox,
  );
  const text = said.text;
  const actions = inOrder(findActions(rest));
  const weaving = newWeaving(known);
  weaving.wantsScore =
    /\bif (?:the |its )?(?:(?:scor|rat)\w+|it is (?:over|above|below|under|at least|more|less) )/i.test(
      text,
    );
  weaving.isForm = trigger?.kind === 'form';
  const open = beginning(weaving, { text, actions, trigger, words });
  const around = { title, rest, classes: said.classes };
  for (const [at, action] of actions.entries()) {
    if (open && action.kind === 'file') continue;
    const isLooped = weaving.container !== undefined && weaving.branches.length === 0;
    if (isLooped && once.has(action.kind)) closeLoop(weaving);
    const next = actions[at + 1];
    // A condition is nothing that is done.
    const isDone = next !== undefined && next.kind !== 'if' && next.kind !== 'otherwise';
    act(weaving, action, { ...around, next: isDone ? next.clause : undefined });
  }
  if (weaving.steps.every(({ type }) => ['http', 'rss', 'read-file'].includes(type))) {
    doAll(weaving, rest === '' ? text : rest);
  }
  sendReply(weaving, title);
  if (weaving.container !== undefined) closeLoop(weaving);
  while (weaving.branches.length > 0) joinBranch(weaving);
  const steps = [startOf(weaving, triggerWords(trigger)), ...weaving.steps];
  const idle = idleAgents(text, known, steps);
  if (idle.length > 0) {
    weaving.assumptions.add(
      `Not understood: what ${idle.join(' and ')} should do. No step is given to ${idle.length === 1 ? 'it' : 'them'} yet: add one of the type Agent.`,
    );
  }
  for (const piece of actions.flatMap(({ lost = [] }) => lost)) {
    weaving.assumptions.add(`Left out, because no rule understood it: “${piece}”.`);
  }
  assumeColumns(weaving);
  if (!actions.some(({ kind }) => kind === 'otherwise')) endUnasked(weaving);
  const doubted = [...weaving.assumptions].join(' ');
  const members = (known.members ?? []).filter(({ name }) => !doubted.includes(name));
  const all = [...assumptions, ...weaving.assumptions];
  return {
    ...{ title, description: description.trim(), trigger },
    steps: [...steps, ...resultSteps(weaving)],
    assumptions: [...all, ...unsaid(rest, steps, { ...known, members })],
    asked: actions.map(({ kind }) => kind),
  };
}

/** Classes for which nothing is done, where something is done for others: two are a yes and a no. */
function endUnasked({ classes, assumptions }: Weaving): void {
  for (const { names, asked } of classes) {
    const left = names.filter((name) => !asked?.has(name)).map((name) => `“${name}”`);
    if (asked === undefined || names.length < 3 || left.length === 0) continue;
    assumptions.add(`Nothing was said about ${left.join(' and ')}: the run ends there.`);
  }
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

type Beginning = {
  text: string;
  actions: readonly Action[];
  trigger: Drafted['trigger'];
  words: string | undefined;
};

const attached =
  /\b(?:attach\w*|with (?:an? |the )?(?:\w+ )?(?:invoice|receipt|contract|pdf|csv|file|spreadsheet|document|resume|cv))\b/i;

/** What the workflow works on. Gives whether a file is read. */
function beginning(weaving: Weaving, { text, actions, trigger, words }: Beginning): boolean {
  weaving.tails = ['start'];
  const kind = trigger?.kind;
  const has = (...kinds: ActionKind[]) => actions.some((action) => kinds.includes(action.kind));
  if (kind === 'mail') {
    mailInputs(weaving, mailNoun(words ?? ''));
    const isAttached = attached.test(words ?? '') || (has('file') && attached.test(text));
    if (isAttached) readFile(weaving, `${words} ${text}`);
    return true;
  }
  const rows = has('unique', 'sort', 'limit') || (has('filter', 'group') && tabular.test(text));
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
  rest: string;
  classes?: readonly string[];
};

/** Adds the steps that do what an action says. */
export function act(weaving: Weaving, action: Action, around: Around): void {
  const { title, next } = around;
  const asked = action.kind === 'if' ? classIn(weaving, saidIn(action.words)) : undefined;
  while (joinsBefore(weaving, action, asked?.field)) {
    sendReply(weaving, title);
    joinBranch(weaving);
  }
  if (action.kind === 'if' || action.kind === 'otherwise') sendReply(weaving, title);
  noteOnBranch(weaving, action);
  switch (action.kind) {
    case 'fetch':
      fetchPage(weaving, action);
      return;
    case 'inbox':
      if (weaving.sender === undefined) readInbox(weaving);
      return;
    case 'file':
      readFile(weaving, around.rest);
      return;
    case 'each':
      openLoop(weaving);
      return;
    case 'if':
      if (sideOfApproval(weaving, saidIn(action.words))) return;
      // "If it is a question, …" behind "if it is a complaint, …": the other side of that.
      if (asked !== undefined && weaving.branches.at(-1)?.field === asked.field) otherSide(weaving);
      openBranch(weaving, branch(weaving, action), { field: asked?.field });
      return;
    case 'otherwise':
      otherSide(weaving);
      return;
    case 'approve': {
      const port = approve(weaving, action, next);
      const step = port.split(':')[0] ?? '';
      weaving.refused.push({ port, why: `steps.${step}.output.comment` });
      return;
    }
    case 'unique':
    case 'filter':
    case 'group':
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
    case 'classify':
      classify(weaving, action, around.classes);
      return;
    default:
      simple[action.kind](weaving, action);
  }
}

const simple = {
  post,
  wait,
  extract,
  translate,
  summarise,
  research,
  review,
  analyse,
  write,
  other,
};

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
  while (weaving.branches.at(-1)?.container === step) weaving.branches.pop();
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
