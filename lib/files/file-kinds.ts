/** What people call kinds of files, by the endings of their names. */
export const fileKinds = {
  table: ['csv', 'tsv', 'tab', 'psv', 'xlsx', 'xlsm', 'ods'],
  document: ['pdf', 'docx', 'pptx', 'odt', 'odp', 'rtf', 'epub', 'eml'],
  text: ['txt', 'md', 'log', 'html', 'htm'],
  data: ['json', 'jsonl', 'ndjson', 'xml', 'yaml', 'yml'],
  picture: ['png', 'jpg', 'jpeg', 'gif', 'webp'],
} as const;
export const fileKindNames = ['table', 'document', 'text', 'data', 'picture', 'other'] as const;
export type FileKind = (typeof fileKindNames)[number];

/** A pattern that the names of a kind end in; `other` are those that fit none. */
export function endingsOf(kind: FileKind): { fits: boolean; pattern: string } {
  const endings = kind === 'other' ? Object.values(fileKinds).flat() : fileKinds[kind];
  return { fits: kind !== 'other', pattern: `\\.(${endings.join('|')})$` };
}

/** Whether browsers draw it. */
export const isPicture = (name: string): boolean =>
  new RegExp(endingsOf('picture').pattern, 'i').test(name);
