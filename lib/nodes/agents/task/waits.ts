import { z } from 'zod';
import type { ToolOutcome } from '@/lib/tools/call';
import { type NodeContext, type Suspension, suspend } from '../../node-type/define-node';
import type { ToolWait } from './tool-wait';

const memoSchema = z.object({ looks: z.int(), ids: z.string() });

/**
 * When it looks again by itself, in seconds: somebody may have answered before it waited, or died before the step was
 * told of the answer.
 */
const looksAfter = [2, 60, 600, 3_600, 21_600];

/** How a step waits for calls that are not over: for a run that one of them began, else for people. */
export function waitFor(
  context: Pick<NodeContext, 'memo' | 'now'>,
  outcomes: readonly ToolOutcome[],
): Suspension | undefined {
  const started = outcomes.find((outcome) => outcome.state === 'started');
  if (started?.state === 'started') {
    const { of, input, round } = started;
    return suspend({
      kind: 'children',
      memo: {},
      children: {
        ...{ of, inputs: [input], concurrency: 1, failFast: true, round },
      },
    });
  }
  const asked = outcomes.filter(
    (outcome) => outcome.state === 'asked' || outcome.state === 'unknown',
  );
  if (asked.length === 0) return undefined;
  const toolCalls = asked.flatMap((outcome) => ('id' in outcome ? [outcome.id] : []));
  const text = asked.flatMap((outcome) => ('text' in outcome ? [outcome.text] : [])).join('\n');
  const ids = toolCalls.join(' ');
  const memo = memoSchema.safeParse(context.memo);
  const looks = memo.success && memo.data.ids === ids ? memo.data.looks : 0;
  const seconds = looksAfter[Math.min(looks, looksAfter.length - 1)] ?? 0;
  return suspend({
    kind: 'person',
    ask: { toolCalls, text } satisfies ToolWait,
    until: context.now() + seconds * 1_000,
    end: { ok: 'again' },
    memo: { looks: looks + 1, ids },
  });
}
