import { type FileFormat, fileTypeOf } from './file-types';

/** How a file is read, by its name first and its media type second. */
export function formatOf(file: { name: string; mediaType: string }): FileFormat {
  const known = fileTypeOf(file.name);
  if (known) return known.format;
  if (/\b(csv|tab-separated-values)\b/.test(file.mediaType)) return 'csv';
  if (/\b(x-ndjson|jsonl)\b/.test(file.mediaType)) return 'jsonl';
  return /[/+]json\b/.test(file.mediaType) ? 'json' : 'text';
}
