import { cleanName } from '@/lib/names/name-problem';
import { workflowLimits } from './schema';

/** What a copy of a workflow is called. A name that is too long for that is cut, between characters. */
export function copyName(name: string): string {
  const whole = `Copy of ${cleanName(name) || 'workflow'}`;
  if (whole.length <= workflowLimits.nameLength) return whole;
  let cut = '';
  for (const character of whole) {
    if (cut.length + character.length > workflowLimits.nameLength - 1) break;
    cut += character;
  }
  return `${cleanName(cut)}…`;
}
