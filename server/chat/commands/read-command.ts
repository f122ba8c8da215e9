import { type CommandLine, commandLineSchema } from '@/lib/chat/message';

/** A command that is not over after this time lost its process. */
const lostMs = 60_000;

/** What became of a message's command. One whose process died says so. */
export function readCommand(stored: unknown, age = 0): CommandLine | undefined {
  const parsed = commandLineSchema.safeParse(stored);
  if (!parsed.success) return undefined;
  if (parsed.data.state !== 'running' || age < lostMs) return parsed.data;
  const result =
    'This was interrupted, and nobody knows whether it was done. Look before you do it again.';
  return { ...parsed.data, state: 'failed', result };
}
