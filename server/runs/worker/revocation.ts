import { setTimeout as sleep } from 'node:timers/promises';
import { type NodeContext, StepError } from '@/lib/nodes/node-type/define-node';
import { keysOf } from '@/lib/values/keys-of';

/** The functions of a context that reach beyond the step: all that give a promise. */
type Revocable = {
  [Name in keyof NodeContext]-?: NodeContext[Name] extends (...given: never[]) => Promise<unknown>
    ? Name
    : never;
}[keyof NodeContext];

/** A function that is missing here does not compile. */
const revocables: Readonly<Record<Revocable, true>> = {
  model: true,
  agent: true,
  team: true,
  openTask: true,
  spentBelow: true,
  keepTurn: true,
  callTool: true,
  file: true,
  read: true,
  feed: true,
  page: true,
  http: true,
  service: true,
  saveFile: true,
  operation: true,
  code: true,
  children: true,
  hydrate: true,
  notify: true,
  evaluate: true,
  evaluateAll: true,
  render: true,
  table: true,
};

const throwDelayMs = 50;

type Call = (...given: unknown[]) => unknown;

/** The error of work that goes on although its attempt was given up: `step_given_up`. */
export function givenUp(reason: string): StepError {
  return new StepError(
    'step_given_up',
    `The step was stopped (${reason}) and cannot do anything more.`,
  );
}

/**
 * A context that is revoked with its attempt. Once `signal` has aborted, each call throws the signal's reason, and so does
 * each one that is under way. Work that ignores its signal can change nothing more, and mostly ends with that error.
 */
export function revocable(context: NodeContext, signal: AbortSignal): NodeContext {
  const guarded = keysOf(revocables).map((name) => {
    const open = context[name] as (...given: unknown[]) => Promise<unknown>;
    const call: Call = (...given) =>
      signal.aborted ? throwReason(signal) : unlessAborted(signal, () => open(...given));
    return [name, call];
  });
  return { ...context, ...Object.fromEntries(guarded) };
}

/** Not at once: work that calls again and again must leave the event loop to the others. */
async function throwReason(signal: AbortSignal): Promise<never> {
  await sleep(throwDelayMs);
  throw signal.reason;
}

/** Does it unless the signal has aborted, and waits no longer than until it does. Throws the signal's reason then. */
export async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
