import { AppError } from '@/lib/api/errors';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { type GivenTool, isPause, type ToolPause } from '@/lib/tools/define-tool';
import { keptResult, readMore, refOf, resultText } from '@/lib/tools/result-text';
import type { CallerPlace, CallRecord } from './place';
import type { CallEnd, CallRow } from './store';

/** How a tool's work ended; `unclear`: it may have had its effect, and nobody knows. */
type Acted = { end: CallEnd; value?: unknown } | { pause: ToolPause } | { unclear: string };

/** Does what a call asks, within its time. Throws only when the attempt was given up. */
export async function act(
  place: CallerPlace,
  row: CallRow,
  { tool, grant }: GivenTool,
  { agent, tools }: { agent: string | undefined; tools: readonly GivenTool[] },
): Promise<Acted> {
  const record: CallRecord = {};
  const timeout = AbortSignal.timeout(tool.timeoutMs);
  const signal = AbortSignal.any([place.signal, timeout]);
  const { connection } = grant;
  const context = place.toolContext({ key: row.key, connection, agent, tools, signal }, record);
  const isOutside = () => tool.outside === true || record.outside === true;
  const redact = <T>(value: T): T => record.redact?.value(value) ?? value;
  try {
    const value = await within(signal, tool.run(row.args, context));
    if (isPause(value)) return { pause: value };
    const clean = redact(value);
    const { text: result, whole } = keptResult(clean, tool.maxResult, refOf(row));
    const holds =
      tool.private === true || (tool.private === 'connected' && connection !== undefined);
    return {
      value: clean,
      end: {
        ...{ state: 'done', result, outside: isOutside(), private: holds },
        // What is read on in is kept once.
        ...(whole === undefined || tool.name === readMore ? {} : { whole }),
      },
    };
  } catch (error) {
    place.signal.throwIfAborted();
    const late = timeout.aborted;
    const text = late
      ? `${tool.title} took longer than ${Math.round(tool.timeoutMs / 1_000)} s.`
      : redact(messageOf(error));
    if (row.effect === 'once' && isUnclear(error, record, late)) return { unclear: text };
    const code = StepError.isInstance(error) || AppError.isInstance(error) ? error.code : 'failed';
    const outside = tool.outside === true && record.status !== undefined;
    return {
      end: {
        ...{ state: 'failed', result: resultText(text, tool.maxResult), outside },
        error: late ? 'timed_out' : code,
      },
    };
  }
}

/** Whether it may have happened all the same: nothing says that it did not. */
function isUnclear(error: unknown, { status }: CallRecord, late: boolean): boolean {
  if (late) return true;
  if (status !== undefined && status < 500) return false;
  if (StepError.isInstance(error))
    return !error.noEffect && (error.retryable || status !== undefined);
  return !AppError.isInstance(error);
}

const messageOf = (error: unknown): string =>
  StepError.isInstance(error) || AppError.isInstance(error)
    ? error.message
    : 'The tool failed unexpectedly.';

async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
