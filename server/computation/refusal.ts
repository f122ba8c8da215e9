import { AppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { at } from '@/lib/values/unknown';

/** Why a job of a thread came to nothing. */
export type Refusal = 'time' | 'memory' | 'busy' | 'broken';

const sentences: Record<Refusal, [code: string, message: string, retryable: boolean]> = {
  time: [
    'computation_too_long',
    'This took too long and was stopped. Use smaller texts, lists or patterns.',
    false,
  ],
  memory: [
    'computation_too_large',
    'This took too much memory and was stopped. Use smaller texts or lists.',
    false,
  ],
  busy: [
    'computation_busy',
    'This workspace has too many calculations waiting. Try again in a moment.',
    true,
  ],
  broken: ['computation_failed', 'This could not be calculated.', false],
};

/** The refusal as a step's failure. */
export function refusal(why: Refusal): StepError {
  const [code, message, retryable] = sentences[why];
  return new StepError(code, message, { retryable });
}

/** The same for whoever asked over HTTP; any other error as it is. */
export function asRefused(error: unknown): unknown {
  const [code, message] = [at(error, 'code'), at(error, 'message')];
  if (code === 'computation_busy') return new AppError('too_many_requests', String(message));
  if (typeof code === 'string' && code.startsWith('computation_'))
    return new AppError('invalid_input', String(message));
  return error;
}
