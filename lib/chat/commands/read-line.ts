import { nearNames } from '@/lib/tools/near-name';
import { catalogue } from './catalogue';
import type { Command } from './define-command';

export type ReadLine =
  /** An ordinary message. */
  | { kind: 'text' }
  | { kind: 'wrong'; problem: string }
  | { kind: 'command'; command: Command; argument: string };

/**
 * Reads a line that may be a command: `/name`, then its argument. A path such as `/etc/hosts` is text, and so is a line that begins
 * with a space. Takes any text and never throws.
 */
export function readLine(line: string): ReadLine {
  const found = /^\/([a-z]{1,40})(?:\s+([\s\S]*))?$/i.exec(line);
  if (found === null) return { kind: 'text' };
  const name = (found[1] ?? '').toLowerCase();
  const command = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  if (command === undefined) {
    const [near] = nearNames(name, namesAndWords());
    const meant = near === undefined ? undefined : commandFor(near);
    const hint = meant === undefined ? 'Write /help to see all.' : `Did you mean /${meant.name}?`;
    const problem = `There is no command /${name}. ${hint} To send it as text, begin with a space.`;
    return { kind: 'wrong', problem };
  }
  const parsed = command.argument.safeParse((found[2] ?? '').trim());
  if (parsed.success) return { kind: 'command', command, argument: parsed.data };
  return { kind: 'wrong', problem: parsed.error.issues[0]?.message ?? 'This cannot be read.' };
}

const all = Object.values(catalogue);
const namesAndWords = () => all.flatMap(({ name, words }) => [name, ...words]);
const commandFor = (word: string) =>
  all.find(({ name, words }) => name === word || words.includes(word));

/** Commands whose name or words begin like a text, those by their name first. */
export function commandsFor(query: string): Command[] {
  const wanted = query.toLowerCase();
  const by = (test: (command: Command) => boolean) => all.filter(test);
  const named = by(({ name }) => name.startsWith(wanted));
  const others = by(({ words }) => words.some((word) => word.startsWith(wanted)));
  return [...new Set([...named, ...others])];
}
