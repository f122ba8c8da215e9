import type { DraftedStep } from '../drafted';
import { membersNamed } from '../people/who';
import type { Known } from './weave';

const approvals =
  /\b(?:approv\w+|sign(?:s|ed)?[- ]off|permission|go-ahead|has to agree|must agree)\b/i;
const conditions =
  /\b(?:if|unless|otherwise|or else|in case|depending on|whenever|only when)\b|\b(?:over|above|below|under|more than|less than|at least) [$€£]?\d/i;

/** What a description says and its draft does nothing about, a sentence each: so that nobody takes it for the whole. */
export function unsaid(
  text: string,
  steps: readonly DraftedStep[],
  { members = [], me }: Pick<Known, 'members' | 'me'>,
): string[] {
  const has = (...types: string[]) => steps.some(({ type }) => types.includes(type));
  const configs = JSON.stringify(steps.map(({ config }) => config)).toLowerCase();
  const left = membersNamed(text, members).filter(
    ({ email }) => email !== me && !configs.includes(email.toLowerCase()),
  );
  return [
    ...(approvals.test(text) && !has('approval')
      ? ['Left out: the approval. No step asks anybody.']
      : []),
    ...(conditions.test(text) && !has('if', 'switch', 'approval', 'filter')
      ? ['Left out: the condition. All steps are done in every case.']
      : []),
    ...left.map(({ name }) => `Left out: what ${name} is named for. No step is for them.`),
  ];
}
