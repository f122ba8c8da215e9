export type FileFormat = 'csv' | 'json' | 'jsonl' | 'text';

type FileType = { mediaType: string; format: FileFormat };

/** What can be uploaded and read, by the ending of a file's name: the picker, the upload and the step use this list. */
export const fileTypes: Readonly<Record<string, FileType>> = {
  csv: { mediaType: 'text/csv', format: 'csv' },
  tsv: { mediaType: 'text/tab-separated-values', format: 'csv' },
  tab: { mediaType: 'text/tab-separated-values', format: 'csv' },
  psv: { mediaType: 'text/csv', format: 'csv' },
  json: { mediaType: 'application/json', format: 'json' },
  jsonl: { mediaType: 'application/x-ndjson', format: 'jsonl' },
  ndjson: { mediaType: 'application/x-ndjson', format: 'jsonl' },
  md: { mediaType: 'text/markdown', format: 'text' },
  txt: { mediaType: 'text/plain', format: 'text' },
  log: { mediaType: 'text/plain', format: 'text' },
  xml: { mediaType: 'application/xml', format: 'text' },
  html: { mediaType: 'text/html', format: 'text' },
  htm: { mediaType: 'text/html', format: 'text' },
  yaml: { mediaType: 'application/yaml', format: 'text' },
  yml: { mediaType: 'application/yaml', format: 'text' },
};

/** The endings for a file picker: `.csv,.tsv,…`. */
export const acceptedEndings = Object.keys(fileTypes)
  .map((ending) => `.${ending}`)
  .join(',');

/** The type of a file by its name's ending; undefined for endings that are not read. */
export function fileTypeOf(name: string): FileType | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(fileTypes, ending) ? fileTypes[ending] : undefined;
}
