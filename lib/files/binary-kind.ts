const rename = 'Give it the ending that it has, such as .xlsx, and upload it again.';
const saveAs = 'In Excel choose File, Save as, "Excel workbook" (.xlsx), and use that file.';

const signatures: readonly [number[], string][] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    `It is an Excel workbook (.xlsx) or another ZIP archive, despite its name. ${rename}`,
  ],
  [[0x50, 0x4b, 0x05, 0x06], 'It is an empty ZIP archive, despite its name.'],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    `It is an old Excel workbook (.xls) or another Office document, despite its name. ${saveAs}`,
  ],
  [
    [0x25, 0x50, 0x44, 0x46, 0x2d],
    'It is a PDF document, despite its name. Give it the ending .pdf and upload it again.',
  ],
  [[0x1f, 0x8b], 'It is compressed (gzip). Unpack it first.'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'It is a 7-Zip archive. Unpack it first.'],
  [[0x89, 0x50, 0x4e, 0x47], 'It is a picture (PNG), despite its name.'],
  [[0xff, 0xd8, 0xff], 'It is a picture (JPEG), despite its name.'],
  [[0x50, 0x41, 0x52, 0x31], 'It is a Parquet file, which is not supported.'],
  [[0xff, 0xfe, 0x00, 0x00], 'It is text in UTF-32. Save it as UTF-8.'],
  [[0x00, 0x00, 0xfe, 0xff], 'It is text in UTF-32. Save it as UTF-8.'],
];

/** Why bytes are no text file, told by how they begin; undefined when they may be one. */
export function binaryProblem(bytes: Uint8Array): string | undefined {
  return signatures.find(([start]) => start.every((byte, index) => bytes[index] === byte))?.[1];
}
