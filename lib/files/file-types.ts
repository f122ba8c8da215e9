export type FileFormat = 'csv' | 'json' | 'jsonl' | 'text' | 'workbook' | 'document' | 'picture';

export type FileType = { mediaType: string; format: FileFormat };

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

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
  xlsx: { mediaType: `${office}.spreadsheetml.sheet`, format: 'workbook' },
  xlsm: { mediaType: 'application/vnd.ms-excel.sheet.macroenabled.12', format: 'workbook' },
  ods: { mediaType: `${openDocument}.spreadsheet`, format: 'workbook' },
  pdf: { mediaType: 'application/pdf', format: 'document' },
  docx: { mediaType: `${office}.wordprocessingml.document`, format: 'document' },
  pptx: { mediaType: `${office}.presentationml.presentation`, format: 'document' },
  odt: { mediaType: `${openDocument}.text`, format: 'document' },
  odp: { mediaType: `${openDocument}.presentation`, format: 'document' },
  rtf: { mediaType: 'application/rtf', format: 'document' },
  epub: { mediaType: 'application/epub+zip', format: 'document' },
  eml: { mediaType: 'message/rfc822', format: 'document' },
  png: { mediaType: 'image/png', format: 'picture' },
  jpg: { mediaType: 'image/jpeg', format: 'picture' },
  jpeg: { mediaType: 'image/jpeg', format: 'picture' },
  webp: { mediaType: 'image/webp', format: 'picture' },
};

/** The endings for a file picker: `.csv,.tsv,…`. */
export const acceptedEndings = Object.keys(fileTypes)
  .map((ending) => `.${ending}`)
  .join(',');

/** Whether a file is read by the documents service, not as text. */
export const isDocument = (name: string): boolean => {
  const format = fileTypeOf(name)?.format;
  return format === 'workbook' || format === 'document';
};

/** Whether a file is looked at, not read, by its name. */
export const isPictureFile = (name: string): boolean => fileTypeOf(name)?.format === 'picture';

/** The type of a file by its name's ending; undefined for endings that are not read. */
export function fileTypeOf(name: string): FileType | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(fileTypes, ending) ? fileTypes[ending] : undefined;
}
