import { ExpressionError } from '@/lib/expressions/expression-error';
import { measure } from '@/lib/expressions/values';

export type JsonContent = { value: unknown; rows?: unknown[]; rowCount?: number };

/** Reads a JSON text; a list also comes as `rows`. */
export function parseJsonFile(
  text: string,
): { ok: true; content: JsonContent } | { ok: false; problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
    measure(value);
  } catch (error) {
    if (error instanceof ExpressionError)
      return { ok: false, problem: 'It is too large or nested too deep.' };
    return { ok: false, problem: 'It is not valid JSON.' };
  }
  if (!Array.isArray(value)) return { ok: true, content: { value } };
  return { ok: true, content: { value, rows: value, rowCount: value.length } };
}
