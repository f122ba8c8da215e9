import { textOfPages } from '@/lib/files/documents/text-of-pages';
import { workbookTable } from '@/lib/files/documents/workbook-table';
import { formatOf } from '@/lib/files/format-of';
import { type ReadFile, type ReadSettings, readTextFile } from '@/lib/files/read-text-file';
import type { Services } from '@/server/services';

/** A file that is read in place: some milliseconds, whatever it holds. */
const smallBytes = 50_000;

type File = { name: string; mediaType: string; bytes: Uint8Array };

/** What a step reads out of a file: large texts on a thread, documents in a process of their own. Never throws. */
export async function readFile(
  { computation, documents }: Pick<Services, 'computation' | 'documents'>,
  file: File,
  settings: ReadSettings,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<ReadFile> {
  const { format: wanted = 'auto' } = settings;
  const own = formatOf(file);
  const isText = own !== 'workbook' && own !== 'document';
  if (isText) {
    const given = wanted === 'workbook' || wanted === 'document' ? 'auto' : wanted;
    const how = { ...settings, format: given };
    if (file.bytes.byteLength <= smallBytes) return readTextFile(file, how);
    return computation.run('content', { file, settings: how }, workspaceId);
  }
  const read = await documents.read(file, workspaceId, signal);
  if (read.kind === 'refused') return unreadable(read.problem);
  if (read.kind === 'document') {
    const { pages } = read;
    return { ok: true, format: 'document', content: { text: textOfPages(pages), pages } };
  }
  const table = workbookTable(read, settings);
  if (!table.ok) return unreadable(table.problem);
  return { ok: true, format: 'workbook', content: table.content };
}

const unreadable = (problem: string): ReadFile => ({ ok: false, code: 'file_unreadable', problem });
