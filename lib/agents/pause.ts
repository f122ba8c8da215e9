import { z } from 'zod';
import { hasMark } from '@/lib/api/has-mark';

const pauseMark = Symbol.for('ensemble.AgentPause');

/** The agent that a step names is in maintenance: the step waits, and nothing of it was done. */
export class AgentPause extends Error {
  readonly [pauseMark] = true;
  static isInstance(value: unknown): value is AgentPause {
    return hasMark(value, pauseMark);
  }
  /** Its name, and why somebody took it out of service. */
  readonly agent: string;
  readonly reason: string;
  constructor(agent: string, reason: string) {
    super(`${agent} is in maintenance: ${reason} The step waits until it is back.`);
    this.agent = agent;
    this.reason = reason;
  }
}

/** What a step asks that waits for an agent in maintenance: which one, and why somebody took it out of service. */
export const awayWaitSchema = z.strictObject({ agent: z.string(), maintenance: z.string() });
export type AwayWait = z.infer<typeof awayWaitSchema>;
