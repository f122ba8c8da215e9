import { type DocumentKind, documentKinds } from './schema';

/** The kind of document that a file says it is, by its name's ending; undefined for other files. */
export function documentKindOf(name: string): DocumentKind | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (ending === 'xlsm') return 'xlsx';
  return documentKinds.find((kind) => kind === ending);
}

const zip = [0x50, 0x4b, 0x03, 0x04];
const starts: Readonly<Record<DocumentKind, readonly number[]>> = {
  pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
  rtf: [0x7b, 0x5c, 0x72, 0x74, 0x66],
  eml: [],
  ...{ docx: zip, pptx: zip, xlsx: zip, odt: zip, odp: zip, ods: zip, epub: zip },
};

/** An old or encrypted Office document: a file system of its own. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

/** Why bytes are not what a file's name says, told by how they begin; undefined where they may be. */
export function documentProblem(kind: DocumentKind, bytes: Uint8Array): string | undefined {
  const begins = (start: readonly number[]) => start.every((byte, at) => bytes[at] === byte);
  if (kind === 'pdf') {
    // Some programs write a line of their own before it.
    const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1_024));
    return head.includes('%PDF-') ? undefined : 'It is no PDF document, despite its name.';
  }
  if (begins(starts[kind])) return undefined;
  if (begins(compound)) {
    return 'It is protected with a password, or an old Office document. Save it without a password in the current format.';
  }
  return `It is no ${kind.toUpperCase()} document, despite its name.`;
}
