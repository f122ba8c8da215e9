import { ApiError } from '@/components/data/call';

export type FileError = { line?: number; place?: string; message: string };

/** What is wrong with an imported file, line by line where the server knew the line. */
export function fileErrors(error: unknown): FileError[] {
  if (!ApiError.isInstance(error)) {
    return [{ message: error instanceof Error ? error.message : String(error) }];
  }
  const found = listIn(error.details).flatMap(toFileError);
  return found.length > 0 ? found : [{ message: error.message }];
}

function listIn(details: unknown): unknown[] {
  if (Array.isArray(details)) return details;
  if (typeof details !== 'object' || details === null) return [];
  const list = Object.values(details).find(Array.isArray);
  return list ?? ('message' in details ? [details] : []);
}

function toFileError(value: unknown): FileError[] {
  if (typeof value === 'string') return [{ message: value }];
  if (typeof value !== 'object' || value === null || !('message' in value)) return [];
  const { message, line, path } = value as { message: unknown; line?: unknown; path?: unknown };
  const place = Array.isArray(path) ? path.join('.') : typeof path === 'string' ? path : '';
  return [
    {
      message: plain(String(message), place),
      ...(typeof line === 'number' ? { line } : {}),
      ...(place ? { place } : {}),
    },
  ];
}

/** The message without the place, which stands before it, and without the words of a type checker. */
function plain(message: string, place: string): string {
  const said =
    place && message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message;
  return said.replace(/^Invalid input: expected (\w+), received undefined/, 'a $1 is missing');
}
