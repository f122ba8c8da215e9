import { AppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/define-node';

/** Why a job of a thread came to nothing. */
export type Refusal = 'time' | 'memory' | 'busy' | 'broken';

const sentences: Record<Refusal, [code: string, message: string, retryable: boolean]> = {
  time: [
    'computation_too_long',
    'This takes too long to work out, and was stopped: use smaller texts, lists or patterns.',
    false,
  ],
  memory: [
    'computation_too_large',
    'This takes too much memory to work out, and was stopped: use smaller texts or lists.',
    false,
  ],
  busy: [
    'computation_busy',
    'Too much of this workspace waits to be worked out. Try again in a moment.',
    true,
  ],
  broken: ['computation_failed', 'This could not be worked out.', false],
};

/** The refusal as a step's failure. */
export function refusal(why: Refusal): StepError {
  const [code, message, retryable] = sentences[why];
  return new StepError(code, message, { retryable });
}

/** The same for whoever asked over HTTP; any other error as it is. */
export function asRefused(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === 'computation_busy') return new AppError('too_many_requests', String(message));
  if (typeof code === 'string' && code.startsWith('computation_'))
    return new AppError('invalid_input', String(message));
  return error;
}
