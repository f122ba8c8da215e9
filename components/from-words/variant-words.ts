import type { FromWords } from './use-describe';

type Kinds = FromWords['variants'][number]['kinds'];

/** “Fast”, or “Fast and cheap” where they come to the same. */
export function titleOfKinds(kinds: Kinds): string {
  if (kinds.length === 3) return 'The draft';
  const said = kinds.join(' and ');
  return `${said.slice(0, 1).toUpperCase()}${said.slice(1)}`;
}
