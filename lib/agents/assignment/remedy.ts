import type { Try } from './record';

/** How many agents may have a task one after another, the first included. */
export const maxTries = 3;
/** How often an agent may turn out to be away before it has begun. */
const maxAway = 10;

/** It may pass by itself: the same agents may try once more. */
const passing = new Set([
  ...['worker_lost', 'timed_out', 'unexpected', 'network_failed', 'request_timeout', 'unavailable'],
  ...['model_stalled', 'model_silent', 'model_broke_off', 'model_garbled', 'model_rate_limited'],
]);
/** What was written does not do: whoever wrote it is told what is wrong, once. */
const content = new Set(['output_misfit', 'output_cut', 'output_refused', 'model_endless']);
/** Nobody can do it as it is given. */
const hopeless = new Set([
  ...['invalid_config', 'expression_failed', 'invalid_history', 'invalid_files', 'file_not_found'],
  ...['file_unreadable', 'output_schema', 'too_large', 'value_gone', 'cancelled', 'not_begun'],
  ...['has_problems', 'stopped', 'run_timed_out', 'model_refused'],
]);
/** Somebody, or the run itself, ended it. */
const ended = new Set(['cancelled', 'not_begun', 'stopped', 'run_timed_out']);
/** What may be spent is spent, or somebody said that it ends here: another agent would go over that. */
const decided = new Set([
  ...['budget_exceeded', 'price_unknown', 'forbidden', 'not_allowed', 'made_up_answer'],
  ...['outcome_unknown', 'assignment_failed', 'delegation_refused', 'invalid_plan'],
]);
/** It was taken out of service, or deleted, before it began. */
export const agentAway = 'agent_away';

export type Remedy =
  /** `not`: who must not get it any more; `told`: what the next one is told. */
  | { go: true; not?: string; told?: string; text: string }
  /** `person`: somebody who looks at it may know what to do. */
  | { go: false; person: boolean; text: string };

/**
 * What is done about a failed task, by what kind of failure it was. `acted`: what the failed one did that cannot be taken
 * back: then nobody else begins without a person.
 */
export function remedyFor(tries: readonly Try[], acted: readonly string[]): Remedy {
  const last = tries.at(-1);
  const failed = last?.failed;
  const handle = last?.assignment.taken;
  if (failed === undefined || handle === null || handle === undefined) {
    return { go: false, person: false, text: 'Nobody has failed.' };
  }
  if (failed.code === agentAway) {
    return tries.length >= maxAway
      ? { go: false, person: true, text: 'Agents were away again and again.' }
      : { go: true, text: `@${handle} was away, so somebody else is looked for.` };
  }
  if (hopeless.has(failed.code)) {
    const person = !ended.has(failed.code);
    return { go: false, person, text: 'Another agent could not do it either.' };
  }
  if (decided.has(failed.code)) {
    const text = 'Another agent would only repeat or go over what was decided.';
    return { go: false, person: false, text };
  }
  if (acted.length > 0) {
    const what = acted.join(', ');
    return {
      go: false,
      person: true,
      text: `It had used ${what} before, which cannot be taken back, so nobody else began by themselves. Look at what was done, then run the step again.`,
    };
  }
  const done = tries.filter((one) => one.failed && one.failed.code !== agentAway);
  if (done.length >= maxTries) {
    return { go: false, person: true, text: `It was tried ${maxTries} times, which is the most.` };
  }
  const before = done.slice(0, -1).some((one) => one.assignment.taken === handle);
  if (!before && passing.has(failed.code)) {
    return { go: true, text: 'This may pass, so it is tried again.' };
  }
  if (!before && content.has(failed.code)) {
    const told = `An answer to this was refused before: ${failed.message}`;
    return { go: true, told, text: 'It is told what was wrong, and tries again.' };
  }
  return {
    go: true,
    not: handle,
    text: `@${handle} could not do it, so another agent that fits gets it.`,
  };
}

/** Who must not get a task any more, after what became of it so far, with the reason. */
export function excluded(tries: readonly Try[]): Map<string, string> {
  const not = new Map<string, string>();
  for (let count = 1; count <= tries.length; count += 1) {
    const remedy = remedyFor(tries.slice(0, count), []);
    if (remedy.go && remedy.not !== undefined) not.set(remedy.not, 'It has failed at this task.');
  }
  return not;
}
