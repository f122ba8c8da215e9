import { readFileSync } from 'node:fs';
import type { DocumentKind, ReadDocument } from '@/lib/files/documents/schema';
import { refuseBomb } from './archive';
import { Refused } from './refused';

/**
 * The process that reads one document: its kind is the argument, its bytes come on standard input, what was read goes to
 * standard output as JSON. It has no files, no environment and no other process, and is killed by its owner when it takes
 * too long or too much.
 */
const kind = process.argv[2] as DocumentKind | 'mail' | 'cut-mail';
// Nothing here needs a network, and a library that would fetch something finds none.
for (const name of ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource']) {
  Reflect.deleteProperty(globalThis, name);
}

const said = await answer(new Uint8Array(readFileSync(0))).catch(
  (error: unknown): ReadDocument => ({ kind: 'refused', problem: problemOf(error) }),
);
process.stdout.write(JSON.stringify(said), () => process.exit(0));

async function answer(bytes: Uint8Array): Promise<unknown> {
  if (kind !== 'mail' && kind !== 'cut-mail') return read(kind, bytes);
  return (await import('./received')).readReceived(bytes, kind === 'cut-mail');
}

async function read(what: DocumentKind, bytes: Uint8Array): Promise<ReadDocument> {
  switch (what) {
    case 'pdf':
      return (await import('./pdf')).readPdf(bytes);
    case 'eml':
      return (await import('./mail')).readMail(bytes);
    case 'rtf':
      return (await import('./office')).readOffice(what, bytes);
    case 'xlsx':
      refuseBomb(bytes);
      return (await import('./workbook')).readWorkbook(bytes);
    case 'ods':
      refuseBomb(bytes);
      return (await import('./office')).readOffice(what, bytes);
    default:
      refuseBomb(bytes);
      return (await import('./office')).readOffice(what, bytes);
  }
}

function problemOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (/password|encrypt/i.test(text)) return 'It is protected with a password.';
  return 'It is damaged, or not what its name says.';
}
