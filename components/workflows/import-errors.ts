import { ApiError } from '@/components/data/call';

export type FileError = { line?: number; place?: string; message: string };

/** What is wrong with an imported file, line by line where the server knew the line. */
export function fileErrors(error: unknown): FileError[] {
  if (!(error instanceof ApiError)) {
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
      message: String(message),
      ...(typeof line === 'number' ? { line } : {}),
      ...(place ? { place } : {}),
    },
  ];
}
