import { readPath } from '@/lib/memory/path';
import { StepError } from '@/lib/nodes/node-type/define-node';

/** A path that a step names. Throws `StepError` `invalid_path`. */
export function pathOf(text: string): string {
  const read = readPath(text);
  if (read.ok) return read.path;
  throw new StepError('invalid_path', `The path "${text.slice(0, 80)}" ${read.problem}.`);
}
