export type FileFormat = 'csv' | 'json' | 'text';

/** How a file is read, by its name first and its media type second. */
export function formatOf(file: { name: string; mediaType: string }): FileFormat {
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase();
  if (ending === 'csv' || ending === 'tsv') return 'csv';
  if (ending === 'json') return 'json';
  if (ending === 'txt' || ending === 'md') return 'text';
  if (/\bcsv\b/.test(file.mediaType)) return 'csv';
  return /[/+]json\b/.test(file.mediaType) ? 'json' : 'text';
}
