import { findFacts } from './facts';
import { rehearseValue } from './rehearse-value';
import type { ModelRequest } from './schema';
import { hashText, seeded } from './seed';

/**
 * What the built-in scripted model answers: the same request always gets the same text. It reads like an answer, and
 * every figure in it is one of the prompt. The text itself carries no disclaimer: who shows it marks it as rehearsed.
 * With an output schema it is JSON that fits it.
 */
export function rehearse(
  request: Pick<ModelRequest, 'system' | 'messages' | 'outputSchema'>,
): string {
  const prompt = request.messages.findLast((message) => message.role === 'user')?.content ?? '';
  const random = seeded(hashText(`${request.system ?? ''}\n${prompt}`));
  const facts = findFacts(prompt);
  if (request.outputSchema !== undefined) {
    return JSON.stringify(rehearseValue(request.outputSchema, facts, random), null, 2);
  }
  const task = taskOf(prompt);
  const named = [...facts.values]
    .filter(([, value]) => typeof value === 'number')
    .slice(0, 8)
    .map(([name, value]) => `${name}: ${value}`);
  const told = facts.lines.filter((line) => !line.startsWith(task.slice(0, 60)));
  const points = told.length > 0 ? told.slice(0, 8) : named;
  if (points.length === 0) return `${opened(task)} ${choose(advice, random)}`;
  const list = points.map((point) => `- ${point}`);
  return [choose(openings, random), '', ...list, '', choose(closings, random)].join('\n');
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
