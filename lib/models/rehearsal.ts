import { findFacts } from './facts';
import { rehearseValue } from './rehearse-value';
import type { ModelRequest } from './schema';
import { hashText, seeded } from './seed';

/** The line with which every rehearsed text begins, so that nobody takes it for a model's. */
export const rehearsalNotice =
  'Rehearsed answer: written by the built-in scripted model, no language model was asked.';

/**
 * What the built-in scripted model answers: the same request always gets the same text. Uses only facts of the
 * prompt, so that figures in it are true. With an output schema the text is JSON that fits it.
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
  const lines = [rehearsalNotice, '', `**Asked:** ${task}`];
  const named = [...facts.values]
    .filter(([, value]) => typeof value === 'number')
    .slice(0, 8)
    .map(([name, value]) => `${name}: ${value}`);
  const told = facts.lines.filter(
    (line) => !line.startsWith(task.slice(0, 60)) && !isOwnText(line),
  );
  const points = told.length > 0 ? told.slice(0, 8) : named;
  if (points.length > 0) {
    lines.push('', choose(openings, random), '', ...points.map((point) => `- ${point}`));
  } else {
    const alone = facts.lines.length > 0;
    lines.push(
      '',
      alone ? 'A language model would answer from the request itself.' : choose(empty, random),
    );
  }
  lines.push('', choose(closings, random));
  return lines.join('\n');
}

/** A text in parts of one word each, with the white space that follows it: joined, they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text]);
}

/** Rehearsed text of an earlier step, handed on in the prompt: not worth repeating. */
function isOwnText(line: string): boolean {
  return [rehearsalNotice, '**Asked:**'].some((start) => line.startsWith(start));
}

function taskOf(prompt: string): string {
  const first = prompt
    .split('\n')
    .map((line) => line.replace(/^[#>\s-]+/, '').trim())
    .find((line) => line.length > 0);
  if (first === undefined) return 'nothing.';
  return first.length > 200 ? `${first.slice(0, 199)}…` : first;
}

const openings = [
  'These facts of the request would carry the answer:',
  'A real answer would build on these points of the request:',
  'What the request itself says:',
];
const empty = [
  'The request holds no figures or points to build on; a real model would answer from its own knowledge.',
  'There is nothing in the request to quote; a real model would reason about it here.',
];
const closings = [
  'Add a provider’s key or a local model in the settings to get a real answer.',
  'With a key or a local model, a language model’s own conclusions would stand here.',
];

function choose(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? '';
}
