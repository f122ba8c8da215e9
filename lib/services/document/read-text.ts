import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import { readFileText } from '@/lib/workflows/definition/read-file-text';
import { DocumentError } from './document-error';

/** Characters of a document: JSON is read fast, YAML is not. */
export const maxDocumentLength = 8 * 1_048_576;
const maxDepth = 100;

/**
 * A document's text as a value: JSON, or YAML of at most 2 MB and 100 aliases. Throws {@link DocumentError} with line and
 * column where the reader knows them.
 */
export function readDocumentText(text: string): unknown {
  if (text.length > maxDocumentLength) throw new DocumentError('The document is larger than 8 MB.');
  if (text.trim() === '') throw new DocumentError('The document is empty.');
  if (/^\s*</.test(text)) {
    throw new DocumentError(
      'This is a web page, not an OpenAPI document. Look on it for the address of the document, which often ends in .json or .yaml.',
    );
  }
  const value = /^\s*[{[]/.test(text) ? fromJson(text) : fromYaml(text);
  checkDepth(value);
  return value;
}

function fromJson(text: string): unknown {
  const read = readJson(text, 1_000_000);
  if (read.ok) return read.value;
  throw new DocumentError(`This is not JSON: ${jsonProblemText(read.problem)}.`);
}

function fromYaml(text: string): unknown {
  const read = readFileText(text, 'yaml');
  if (read.ok) return read.value;
  const { message, line, column } = read.errors[0] ?? { message: 'It cannot be read.' };
  throw new DocumentError(
    line === undefined ? message : `Line ${line}, column ${column}: ${message}`,
  );
}

/** Needs no recursion, so that depth costs it nothing. */
function checkDepth(value: unknown): void {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth > maxDepth) {
      throw new DocumentError(`The document is nested deeper than ${maxDepth} levels.`);
    }
    for (const inner of Object.values(next.value)) {
      if (typeof inner === 'object') open.push({ value: inner, depth: next.depth + 1 });
    }
  }
}
