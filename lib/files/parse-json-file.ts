import { readJson } from '@/lib/api/json/read-json';
import { ExpressionError } from '@/lib/expressions/values/expression-error';
import { measure } from '@/lib/expressions/values/values';

export type JsonContent = { value: unknown; rows?: unknown[]; rowCount?: number };
type ReadContent = { ok: true; content: JsonContent } | { ok: false; problem: string };

/** Reads a JSON text; a list also comes as `rows`. Refused with line, column and reason. */
export function parseJsonFile(text: string): ReadContent {
  const read = readJson(text);
  if (!read.ok) {
    const { line = 1, column = 1, message } = read.problem;
    return refusedAt(line, column, message);
  }
  if (!isSmall(read.value)) return { ok: false, problem: 'It is too large or nested too deep.' };
  const { value } = read;
  if (!Array.isArray(value)) return { ok: true, content: { value } };
  return { ok: true, content: { value, rows: value, rowCount: value.length } };
}

/** Reads JSON Lines: one JSON value a line, as `rows`. Empty lines are left out. */
export function parseJsonLines(text: string): ReadContent {
  const rows: unknown[] = [];
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === '') continue;
    const read = readJson(line);
    if (!read.ok) return refusedAt(index + 1, read.problem.column ?? 1, read.problem.message);
    rows.push(read.value);
  }
  if (!isSmall(rows)) return { ok: false, problem: 'It is too large or nested too deep.' };
  return { ok: true, content: { value: rows, rows, rowCount: rows.length } };
}

function refusedAt(line: number, column: number, message: string): ReadContent {
  return { ok: false, problem: `Line ${line}, column ${column}: not valid JSON: ${message}.` };
}

function isSmall(value: unknown): boolean {
  try {
    measure(value);
    return true;
  } catch (error) {
    if (ExpressionError.isInstance(error)) return false;
    throw error;
  }
}
