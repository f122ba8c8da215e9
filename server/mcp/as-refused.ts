import { AppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';

/** What a server's failure is to whoever asked over HTTP: the same sentence, and that nothing was changed. */
export function asRefused(error: unknown): unknown {
  if (!StepError.isInstance(error)) return error;
  const code = error.retryable ? 'provider_failed' : 'invalid_input';
  return new AppError(code, `${error.message} Nothing was changed.`);
}
