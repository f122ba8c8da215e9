import type { WrittenMessage } from '../message';

/** A summary is sent with each later turn, so it is kept short. */
export const maxSummaryCharacters = 20_000;

/** What a step that summarises gave; undefined where it gave nothing. */
export function summaryIn(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const summary = text.trim().slice(0, maxSummaryCharacters);
  return summary === '' ? undefined : summary;
}

/** What a model is given in place of the messages that a summary stands for. */
export const summaryMessage = (summary: string): WrittenMessage => ({
  role: 'user',
  content: `[Summary of the earlier part of this conversation]\n${summary}\n[End of the summary]`,
});

/** A summary, then the messages that follow it: where the first of them is a person's, too, both are one message. */
export function withSummary(summary: string, tail: readonly WrittenMessage[]): WrittenMessage[] {
  const head = summaryMessage(summary);
  const [first, ...rest] = tail;
  if (first?.role !== 'user') return [head, ...tail];
  return [{ ...head, content: `${head.content}\n\n${first.content}` }, ...rest];
}
