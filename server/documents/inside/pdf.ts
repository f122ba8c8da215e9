import { extractText, getDocumentProxy } from 'unpdf';
import { documentLimits, type ReadDocument } from '@/lib/files/documents/schema';
import { Refused } from './refused';

/** The text layer of a PDF, page by page. */
export async function readPdf(bytes: Uint8Array): Promise<ReadDocument> {
  const pdf = await getDocumentProxy(bytes, { verbosity: 0 });
  if (pdf.numPages > documentLimits.pages) {
    throw new Refused(`It has more than ${documentLimits.pages} pages.`);
  }
  const { text } = await extractText(pdf, { mergePages: false });
  return { kind: 'document', pages: text.map((page) => page.trim()) };
}
