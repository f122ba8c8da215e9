import { checkJson } from '@/lib/api/json/check-json';
import { jsonProblemText, readJson as readForeign } from '@/lib/api/json/read-json';
import type { Json } from '@/lib/workflows/draft/draft-value';

/** The value that somebody wrote as JSON, or in words why it is none that can be kept. */
export function readJson(text: string): { value: Json } | { error: string } {
  const read = readForeign(text);
  if (!read.ok) return { error: `This is not JSON: ${jsonProblemText(read.problem)}.` };
  const value = read.value as Json;
  const fault = checkJson(value);
  return fault ? { error: `${fault.path || 'The value'} ${fault.message}.` } : { value };
}
