import { z } from 'zod';

const cellSchema = z.union([z.string(), z.number(), z.null()]);
export type WorkbookCell = z.infer<typeof cellSchema>;

/** What is read out of an office document: tables of a workbook, or text page by page. */
export const readDocumentSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('workbook'),
    sheets: z.array(z.object({ name: z.string(), rows: z.array(z.array(cellSchema)) })),
  }),
  z.object({
    kind: z.literal('document'),
    /** Markdown: headings, lists and tables stay what they are. Only PDFs and slides have more than one page. */
    pages: z.array(z.string()),
  }),
  z.object({ kind: z.literal('refused'), problem: z.string() }),
]);
export type ReadDocument = z.infer<typeof readDocumentSchema>;

/** Kinds of documents by the ending of a file's name. */
export const documentKinds = [
  'pdf',
  'docx',
  'pptx',
  'xlsx',
  'odt',
  'odp',
  'ods',
  'rtf',
  'epub',
  'eml',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const documentLimits = {
  /** Bytes of a file. */
  bytes: 50 * 1_048_576,
  /** Bytes of an archive's content, together. */
  unpackedBytes: 256 * 1_048_576,
  entries: 10_000,
  pages: 2_000,
  /** Characters of all text that is read. */
  characters: 20_000_000,
  cells: 1_000_000,
} as const;
