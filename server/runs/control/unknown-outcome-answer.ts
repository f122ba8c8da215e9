import { z } from 'zod';
import { AppError } from '@/lib/api/errors';
import type { Actor } from '@/lib/people/schema';
import {
  type Failure,
  failureSchema,
  type PlanStep,
  type RunMode,
  type WaitEnd,
} from '@/lib/runs/schema';
import { endWithOutput } from './given-output';

const askSchema = z.strictObject({ recover: failureSchema });
const answerSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('again') }),
  z.strictObject({
    do: z.literal('done'),
    output: z.json().default(null),
    ports: z.array(z.string()).max(100).optional(),
  }),
  z.strictObject({ do: z.literal('fail') }),
]);

/**
 * What a person says about a step that may have had its effect: run it again, take this for its output, or let it fail.
 * Undefined when something else is asked. Throws `invalid_input` for an answer that is none of these, and
 * `forbidden` for an output of a step that asks others.
 */
export function recoveryEnd(
  step: PlanStep,
  mode: RunMode,
  ask: unknown,
  actor: Pick<Actor, 'name' | 'role' | 'email'>,
  answer: unknown,
): WaitEnd | undefined {
  const asked = askSchema.safeParse(ask);
  if (!asked.success) return undefined;
  const given = answerSchema.safeParse(answer);
  if (!given.success) {
    throw new AppError(
      'invalid_input',
      'Answer {"do": "again"}, "done" with an output, or "fail".',
    );
  }
  switch (given.data.do) {
    case 'again':
      return { ok: 'again' };
    case 'done':
      return {
        ...endWithOutput(step, mode, actor, given.data),
        reason: `${actor.name} confirmed that it was done.`,
      };
    case 'fail':
      return { ok: false, error: failed(asked.data.recover, step.name, actor.name) };
  }
}

function failed({ code, message }: Failure, step: string, by: string): Failure {
  return { code, message: `${message} ${by} marked “${step}” as failed.`, retryable: false };
}
