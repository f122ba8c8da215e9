import type { FileKind } from '@/lib/files/file-kinds';

export const kindTitles: Readonly<Record<FileKind, string>> = {
  table: 'Tables',
  document: 'Documents',
  text: 'Texts',
  data: 'Data (JSON, XML)',
  picture: 'Pictures',
  other: 'Others',
};
