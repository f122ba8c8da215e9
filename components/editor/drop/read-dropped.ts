import type { FileError } from '@/components/workflows/import-errors';
import type { Definition } from '@/lib/workflows/schema';

/** Largest file that is read, in bytes: the same as the server takes. */
const maxBytes = 2 * 1_048_576;

type Read =
  | { ok: true; definition: Definition }
  | { ok: false; file: { name: string; text: string }; errors: FileError[] };

/** Reads a workflow out of a file; the reader comes when it is first needed. Nothing is sent anywhere. */
export async function readDropped(file: File): Promise<Read> {
  const { name } = file;
  if (file.size > maxBytes) {
    const errors = [{ message: 'The file is larger than 2 MiB.' }];
    return { ok: false, file: { name, text: '' }, errors };
  }
  const [text, { importWorkflow }, { catalogue }] = await Promise.all([
    file.text(),
    import('@/lib/workflows/definition/import'),
    import('@/lib/nodes/catalogue'),
  ]);
  const format = /\.json$/i.test(name) ? 'json' : /\.ya?ml$/i.test(name) ? 'yaml' : undefined;
  const imported = importWorkflow(text, catalogue, format);
  if (imported.ok) return imported;
  const errors = imported.errors.map(({ message, line }) => ({
    message,
    ...(line === undefined ? {} : { line }),
  }));
  return { ok: false, file: { name, text }, errors };
}
