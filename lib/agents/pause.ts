import { hasMark } from '@/lib/api/has-mark';

const pauseMark = Symbol.for('ensemble.AgentPause');

/** The agent that a step names is in maintenance: the step waits, and nothing of it was done. */
export class AgentPause extends Error {
  readonly [pauseMark] = true;
  static isInstance(value: unknown): value is AgentPause {
    return hasMark(value, pauseMark);
  }
  constructor(name: string, reason: string) {
    super(`${name} is in maintenance: ${reason} The step waits until it is back.`);
  }
}
