import { type Definition, type Problem, workflowLimits } from '../schema';

/** Pinned outputs that are too large: a plan carries them into every run. */
export function pinProblems({ nodes }: Pick<Definition, 'nodes'>): Problem[] {
  const found: Problem[] = [];
  let all = 0;
  for (const { id, name, pinnedOutput } of nodes) {
    if (pinnedOutput === undefined) continue;
    const { length } = JSON.stringify(pinnedOutput);
    all += length;
    if (length > workflowLimits.pinnedOutput) {
      found.push({
        severity: 'error',
        code: 'pin_too_large',
        message: `The pinned output of "${name}" has ${length} characters; at most ${workflowLimits.pinnedOutput} are allowed.`,
        nodeId: id,
      });
    }
  }
  if (all > workflowLimits.pinnedOutputs) {
    found.push({
      severity: 'error',
      code: 'pins_too_large',
      message: `The pinned outputs have ${all} characters together; at most ${workflowLimits.pinnedOutputs} are allowed.`,
    });
  }
  return found;
}
