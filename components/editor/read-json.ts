import { checkJson } from '@/lib/api/check-json';
import type { Json } from '@/lib/workflows/draft-value';

/** The value that somebody wrote as JSON, or in words why it is none that can be kept. */
export function readJson(text: string): { value: Json } | { error: string } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    return { error: `This is no JSON: ${why}` };
  }
  const fault = checkJson(value);
  return fault ? { error: `${fault.path || 'The value'} ${fault.message}.` } : { value };
}
