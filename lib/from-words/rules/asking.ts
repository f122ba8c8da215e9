import { answerSchema } from '@/lib/templates/define-template';
import { isObject, type Json } from '@/lib/workflows/draft/draft-value';
import { literal } from '../drafted';
import type { Action } from './find-actions';
import { nameOf, readList } from './read-list';
import {
  addStep,
  agentNamed,
  material,
  newest,
  sentence,
  shortName,
  type Value,
  type Weaving,
} from './weave';

/** Everything that was given and made, the newest last; of many, the newest three. */
const everything = ({ sources, results }: Weaving): Value[] => [
  ...sources.slice(-2),
  ...results.slice(-2),
];

type Asking = { id: string; name: string; values: readonly (Value | undefined)[]; agent?: string };

function ask(weaving: Weaving, { clause }: Pick<Action, 'clause'>, asking: Asking): string {
  const prompt = `${literal(sentence(clause))}${material(asking.values)}`;
  const name = asking.id === 'answer' ? asking.name : shortName(clause, asking.name);
  const step = addStep(weaving, {
    ...{ id: asking.id, name, does: sentence(clause) },
    ...(asking.agent === undefined
      ? { type: 'model', config: { model: 'auto', prompt } }
      : { type: 'agent', config: { agent: agentNamed(weaving, asking.agent), prompt } }),
  });
  weaving.results.push({ label: asking.name, expression: `steps.${step}.output.text`, step });
  return step;
}

/** The newest value; of an email that started the run, its subject, too. */
const withSubject = (weaving: Weaving): Value[] => {
  const { sources, results, sender } = weaving;
  const isMail = sender?.subject !== undefined && results.length === 0;
  const found = newest(weaving);
  return isMail ? sources.slice(-2) : found === undefined ? [] : [found];
};

/** A model that answers in named values. */
function askFor(
  weaving: Weaving,
  { clause }: Action,
  { id, name, properties }: { id: string; name: string; properties: Record<string, Json> },
): string {
  const prompt = `${literal(sentence(clause))} Guess nothing that is not there.${material(withSubject(weaving))}`;
  const step = addStep(weaving, {
    ...{ id, type: 'model', name: shortName(clause, name), does: sentence(clause) },
    config: { model: 'auto', temperature: 0, prompt, outputSchema: answerSchema(properties) },
  });
  for (const field of Object.keys(properties)) {
    weaving.fields.set(field, `steps.${step}.output.value.${field}`);
  }
  weaving.results.push({
    ...{ label: name, expression: `steps.${step}.output.text`, step },
    reads: readable(`steps.${step}.output.value`, properties),
  });
  return step;
}

/** Named values line by line, as people read them. */
const readable = (value: string, properties: Record<string, Json>): string =>
  Object.entries(properties)
    .map(([field, schema]) => {
      const title = `${field.slice(0, 1).toUpperCase()}${field.slice(1)}`.replaceAll('_', ' ');
      const isList = isObject(schema) && schema.type === 'array';
      return `- ${title}: {{ ${value}.${field}${isList ? '.join(", ")' : ''} }}`;
    })
    .join('\n');

const classes =
  /\b(?:as|into|between|by whether it is|either|whether (?:it|this|that) is|:)\s+(?:a |an |the )?([^.;]+)/i;
const byWhat = /\bby\s+([\w ,]+)/i;

/** One of the named classes, or a class of the model's own with each thing that was named. */
export function classify(weaving: Weaving, action: Action, known: readonly string[] = []): void {
  const listed = readList(classes.exec(action.clause)?.[1] ?? '');
  const names = known.length >= 2 ? known : listed;
  if (names.length >= 2) {
    weaving.classes.push({ names, field: 'category' });
    askFor(weaving, action, {
      ...{ id: 'classify', name: 'Classify' },
      properties: { category: { enum: [...names, 'unclear'] }, why: { type: 'string' } },
    });
    return;
  }
  if (/sentiment|mood|tone/i.test(action.clause)) {
    weaving.classes.push({ names: ['positive', 'neutral', 'negative'], field: 'sentiment' });
    askFor(weaving, action, {
      ...{ id: 'sentiment', name: 'Tell the sentiment' },
      properties: {
        sentiment: { enum: ['positive', 'neutral', 'negative'] },
        why: { type: 'string' },
      },
    });
    return;
  }
  const wanted = readList(byWhat.exec(action.clause)?.[1] ?? '').map((part) =>
    nameOf(part, 'category'),
  );
  const fields = wanted.length > 0 ? wanted.slice(0, 5) : ['category'];
  weaving.assumptions.add('The categories were not all named: the model chooses them.');
  askFor(weaving, action, {
    ...{ id: 'classify', name: 'Classify' },
    properties: Object.fromEntries([
      ...fields.map((name) => [name, { type: 'string' }]),
      ['why', { type: 'string' }],
    ]),
  });
}

const asked =
  /\b(?:extract\w*|pull out|pick out|parse out|pick up|capture\w*|read out|collect\w*|find|list|note)\s+([^.;]+?)(?=\s+(?:from|out of|in|of (?:the|each|an?)|into|as json|and (?:then|save|send|store|write|email))\b|[.;]|$)/i;

/** The values that were named, by name. */
export function extract(weaving: Weaving, action: Action): void {
  const names = readList(asked.exec(action.clause)?.[1] ?? '').map((part) => nameOf(part, ''));
  const fields = [...new Set(names.filter((name) => name !== ''))];
  if (fields.length === 0)
    weaving.assumptions.add('What to extract was not named: it is a list of points.');
  const properties =
    fields.length === 0
      ? { points: { type: 'array', items: { type: 'string' } } }
      : Object.fromEntries(fields.map((name) => [name, typeOf(name)]));
  askFor(weaving, action, { id: 'extract', name: 'Extract', properties });
}

function typeOf(name: string): Json {
  if (/(?:amount|total|price|sum|count|number_of|quantity|cost|budget)/.test(name))
    return { type: ['number', 'null'] };
  if (/(?:items|tasks|dates|names|decisions|deadlines|points|skills|todos|lines)$/.test(name)) {
    return { type: 'array', items: { type: 'string' } };
  }
  return { type: ['string', 'null'] };
}

export const translate = (weaving: Weaving, action: Action): void => {
  const clause = /\b(?:in)?to\s+\w+/i.test(action.clause)
    ? action.clause
    : `${action.clause} into English`;
  if (clause !== action.clause) weaving.assumptions.add('No language was named: it is English.');
  ask(
    weaving,
    { ...action, clause },
    { id: 'translate', name: 'Translate', values: [newest(weaving)] },
  );
};

export const summarise = (weaving: Weaving, action: Action): void =>
  void ask(weaving, action, { id: 'summary', name: 'Summary', values: [newest(weaving)] });

export const research = (weaving: Weaving, action: Action): void => {
  weaving.assumptions.add(
    'What an agent can look up depends on its tools: give it some under Agents.',
  );
  ask(weaving, action, {
    ...{ id: 'research', name: 'Research' },
    values: everything(weaving),
    agent: 'analyst',
  });
};

export const review = (weaving: Weaving, action: Action): void =>
  void ask(weaving, action, {
    ...{ id: 'review', name: 'Review' },
    values: [newest(weaving)],
    agent: 'reviewer',
  });

export function analyse(weaving: Weaving, action: Action): void {
  if (weaving.wantsScore && /\b(?:scor(?:e|es|ing)|rat(?:e|es|ing))\b/i.test(action.words)) {
    const properties: Record<string, Json> = {
      score: { type: ['number', 'null'] },
      why: { type: 'string' },
    };
    askFor(weaving, action, { id: 'score', name: 'Score', properties });
    return;
  }
  ask(weaving, action, {
    ...{ id: 'analysis', name: 'Analysis' },
    values: everything(weaving),
    agent: 'analyst',
  });
}

const replies =
  /\b(?:repl(?:y|ies)|answer(?:s|ed|ing)?|respond\w*|response|(?:thank|welcome|congratulat|apologi[sz]|confirm)\w* (?:to )?(?:them|him|her|the \w+))\b/i;
const onlyDrafts = /\b(?:draft|write|prepare|compose|suggest|propose|generate|create)\w*\b/i;

export function write(weaving: Weaving, action: Action): void {
  const isReply = (weaving.sender !== undefined || weaving.isForm) && replies.test(action.clause);
  // "Answer politely" says how, not what.
  const isShort = isReply && action.clause.split(/\s+/).length <= 4;
  const clause = isShort ? `Write the reply to it: ${action.clause}` : action.clause;
  const asking = { id: isReply ? 'answer' : 'write', name: isReply ? 'Answer' : 'Text' };
  ask(weaving, { clause }, { ...asking, values: everything(weaving), agent: 'writer' });
  if (!isReply) return;
  // "Answer" sends one; "draft an answer" does not.
  const sends = weaving.sender?.subject !== undefined && !onlyDrafts.test(action.clause);
  weaving.reply = sends ? 'to send' : 'written';
}

/** What no step does by itself is the task of an agent. */
export function other(weaving: Weaving, action: Action): void {
  weaving.assumptions.add(
    `No step does “${action.words}” by itself: an agent is asked to. What it can do depends on its tools.`,
  );
  ask(weaving, action, {
    ...{ id: 'other', name: 'Do it' },
    values: everything(weaving),
    agent: 'assistant',
  });
}

/** A whole description as the task of one agent. */
export const doAll = (weaving: Weaving, clause: string): void =>
  void ask(
    weaving,
    { clause },
    { ...{ id: 'task', name: 'Do the task' }, values: everything(weaving), agent: 'assistant' },
  );

/** Whether something holds that only reading can tell: gives the expression of the answer. */
export function decide(weaving: Weaving, condition: string): string {
  const step = addStep(weaving, {
    ...{ id: 'decide', type: 'model', name: 'Decide' },
    does: `Tells whether this holds: ${condition}.`,
    config: {
      ...{ model: 'auto', temperature: 0 },
      prompt: `Does this hold: “${literal(condition)}”? Say no where it cannot be told.${material([newest(weaving)])}`,
      outputSchema: answerSchema({ yes: { type: 'boolean' }, why: { type: 'string' } }),
    },
  });
  return `steps.${step}.output.value.yes == true`;
}
