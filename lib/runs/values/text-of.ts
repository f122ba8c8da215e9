import { isRecord } from '@/lib/values/unknown';
import { splitOutput } from './split-output';

/** A value as one text that can be laid over another: its words where it is words, else its JSON. */
export function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  const { text, rest } = splitOutput(value);
  if (text !== undefined && rest === undefined) return text;
  return JSON.stringify(value, null, 2) ?? '';
}

/** A setting in the same way. Rows stand line by line as people wrote them, without their ids. */
export function settingText(value: unknown): string {
  if (!Array.isArray(value) || !value.every(isRecord)) return textOf(value);
  return value.map(rowText).join('\n\n');
}

/** What a row of settings holds: one line for each part that is not empty. */
export function rowText(row: Record<string, unknown>): string {
  return Object.entries(row)
    .filter(([name, part]) => name !== 'id' && part !== '')
    .map(([name, part]) => `${name}: ${typeof part === 'string' ? part : JSON.stringify(part)}`)
    .join('\n');
}
