import type { Change } from './schema';
import { suggestionLimits } from './schema';

const verbs = { added: 'Add', removed: 'Remove', changed: 'Change' } as const;

/** What a suggestion does, in a few words: its title unless its author gives another. */
export function titleOf(changes: readonly Change[]): string {
  const steps = changes.filter(({ part }) => part !== 'edges');
  const main = steps.length > 0 ? steps : changes;
  const words = main.slice(0, 2).map(({ change, part, name }, i) => {
    const what = part === 'meta' ? 'the workflow' : name || nouns[part];
    return `${i === 0 ? verbs[change] : verbs[change].toLowerCase()} ${what}`;
  });
  if (main.length > 2) words.push(`${main.length - 2} more`);
  return (words.join(', ') || 'Suggestion').slice(0, suggestionLimits.title);
}

const nouns = {
  meta: 'workflow',
  nodes: 'step',
  edges: 'wire',
  groups: 'group',
  notes: 'note',
} as const;
