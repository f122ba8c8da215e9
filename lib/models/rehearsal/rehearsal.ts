import { isRecord } from '@/lib/values/unknown';
import { type ModelTool, picturesIn, resultsIn, textOfMessage } from '../message';
import type { ModelRequest } from '../schema';
import { hashText, seeded } from '../seed';
import { findFacts } from './facts';
import { rehearseValue } from './rehearse-value';
import { withoutRole } from './role-prompt';

/**
 * What the built-in scripted model answers: the same request always gets the same text. It reads like an answer, and
 * every figure in it is one of the prompt. The text itself carries no disclaimer: who shows it marks it as made up.
 * With an output schema it is JSON that fits it.
 */
export function rehearse(
  request: Pick<ModelRequest, 'system' | 'messages' | 'outputSchema'>,
): string {
  const said = saidIn(request);
  if (said !== undefined && request.outputSchema === undefined) return said;
  const prompt = promptOf(request);
  const random = seeded(hashText(`${request.system ?? ''}\n${prompt}`));
  const facts = findFacts(prompt);
  const task = taskOf(prompt);
  const named = [...facts.values]
    .filter(([, value]) => typeof value === 'number')
    .slice(0, 8)
    .map(([name, value]) => `${name}: ${value}`);
  const told = facts.lines.filter((line) => !line.startsWith(task.slice(0, 60)));
  const points = told.length > 0 ? told.slice(0, 8) : named;
  if (request.outputSchema !== undefined) {
    // An answer that repeats the question would read like a fault.
    if (told.length === 0 && !facts.values.has('answer')) {
      facts.values.set('answer', `${opened(task)} ${advice[0]}`);
    }
    return JSON.stringify(rehearseValue(request.outputSchema, facts, random), null, 2);
  }
  const seen = seenIn(request);
  if (points.length === 0) return `${seen}${opened(task)} ${choose(advice, random)}`;
  const list = points.map((point) => `- ${point}`);
  return seen + [choose(openings, random), '', ...list, '', choose(closings, random)].join('\n');
}

/** What a model that sees would have looked at in the last question; empty without pictures. */
function seenIn({ messages }: Pick<ModelRequest, 'messages'>): string {
  const question = messages.findLast(
    (message) => message.role === 'user' && resultsIn(message).length === 0,
  );
  const pictures = question === undefined ? [] : picturesIn(question);
  if (pictures.length === 0) return '';
  const these = pictures.length === 1 ? 'this picture' : `these ${pictures.length} pictures`;
  const lines = pictures.map(
    ({ name, mediaType, width, height, size }) =>
      `- **${name.replace(/[*_`[\]\\<>]/g, '')}**: ${mediaType.slice(6).toUpperCase()}, ${width} × ${height} pixels, ${Math.max(1, Math.round(size / 1_024))} KB`,
  );
  return [`A model that sees would look at ${these} here:`, '', ...lines, '', ''].join('\n');
}

/** The last question, with what tools gave since. */
function promptOf({ messages }: Pick<ModelRequest, 'messages'>): string {
  const question = messages.findLastIndex(
    (message) => message.role === 'user' && resultsIn(message).length === 0,
  );
  const asked = messages[question];
  const results = messages.slice(question + 1).flatMap((message) => resultsIn(message));
  // Why a tool failed is nothing to answer with.
  const given = results.filter(({ error }) => error !== true);
  const texts = [
    asked === undefined ? '' : withoutRole(textOfMessage(asked)),
    ...given.map(({ text }) => text),
  ];
  return texts.join('\n');
}

/** What a tool gave to be said to people as it is. */
function saidIn({ messages }: Pick<ModelRequest, 'messages'>): string | undefined {
  const last = messages.at(-1);
  if (last === undefined) return undefined;
  for (const { text, error } of resultsIn(last)) {
    const says = error === true ? undefined : /^\{"says":("(?:[^"\\]|\\.)*")/.exec(text)?.[1];
    if (says !== undefined) return String(JSON.parse(says));
  }
  return undefined;
}

/** A tool that makes of the message what it can by rules alone: nothing has to be thought out for it. */
const isByRules = ({ inputSchema }: ModelTool): boolean =>
  isRecord(inputSchema.properties) && 'byRules' in inputSchema.properties;

/**
 * The tool that the scripted model asks for: one that goes by rules, else of those that change nothing the first, once for a
 * question, with arguments made of what the question says. It reads, and then it answers.
 */
export function rehearseTool(
  request: Pick<ModelRequest, 'system' | 'messages' | 'tools' | 'toolChoice'>,
): { name: string; args: unknown } | undefined {
  const { messages, tools = [], toolChoice } = request;
  const ruled = tools.find(isByRules);
  const reads = tools.find(({ readOnly }) => readOnly === true);
  const last = messages.at(-1);
  if (last === undefined || resultsIn(last).length > 0 || toolChoice === 'none') return undefined;
  if (ruled !== undefined) return { name: ruled.name, args: { byRules: true } };
  if (reads === undefined) return undefined;
  const prompt = promptOf(request);
  const random = seeded(hashText(`${reads.name}\n${prompt}`));
  return { name: reads.name, args: rehearseValue(reads.inputSchema, findFacts(prompt), random) };
}

/** A text in parts of one word each, with the white space that follows it: joined, they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
}

function taskOf(prompt: string): string {
  const first = prompt
    .split('\n')
    .map((line) => line.replace(/^[#>\s-]+/, '').trim())
    .find((line) => line.length > 0);
  return first ?? '';
}

/** Names the request in a sentence. */
function opened(task: string): string {
  if (task === '') return 'The request is empty.';
  const short =
    task.length > 160 ? `${task.slice(0, 159).trimEnd()}…` : task.replace(/[.:;,]+$/, '');
  return `On “${short}”:`;
}

const openings = [
  'The main points:',
  'In short, this stands out:',
  'This is what matters most:',
  'Summary of what is known:',
];
const advice = [
  'start with the goal, list what is known, and name what is missing. The next step follows from the largest gap.',
  'there are several good ways to do this. The simplest one first, then a second one where it falls short.',
  'the answer depends on the details. With an example to work from, it can be made concrete.',
];
const closings = [
  'The first point deserves attention first; the others support it.',
  'Together, these points are enough to decide on the next step.',
  'Each point can be checked on its own before anything is decided.',
];

function choose(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
