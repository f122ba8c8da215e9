import { splitOutput } from '@/lib/runs/split-output';

/** A value as one text that can be laid over another: its words where it is words, else its JSON. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const { text, rest } = splitOutput(value);
  if (text !== undefined && rest === undefined) return text;
  return JSON.stringify(value, null, 2) ?? '';
}
