import { isRecord, objectIn } from '@/lib/values/unknown';
import type { ServiceDescription } from '../schema';
import { DocumentError } from './document-error';
import { operationsOf } from './operations';
import { readDocumentText } from './read-text';
import { resolver } from './references';
import { authOf } from './security';
import { serverOf, versionOf } from './servers';
import { shortText } from './texts';

/** A document as text or as a value, and where it was fetched from. `serverUrl` replaces what it says of its server. */
export type GivenDocument = {
  document: unknown;
  url?: string | undefined;
  serverUrl?: string | undefined;
};
export type ReadDescription =
  | { ok: true; service: ServiceDescription }
  | { ok: false; problem: string };

/** Characters of all operations together, as they are kept. */
const maxKept = 6 * 1_048_576;

/** Reads an OpenAPI 3.0 or 3.1 document, or one of Swagger 2.0. Never throws for what stands in it. */
export function readDescription(given: GivenDocument): ReadDescription {
  try {
    return { ok: true, service: described(given) };
  } catch (error) {
    if (DocumentError.isInstance(error)) return { ok: false, problem: error.message };
    throw error;
  }
}

function described({ document: given, url, serverUrl: wanted }: GivenDocument): ServiceDescription {
  const document = typeof given === 'string' ? readDocumentText(given) : given;
  if (!isRecord(document)) throw new DocumentError('An OpenAPI document is one object.');
  const version = versionOf(document);
  if (version !== 'old' && version !== 'new') {
    throw new DocumentError(
      version === undefined
        ? 'This is not an OpenAPI document: it has no "openapi" and no "swagger" at its top.'
        : `OpenAPI ${version.slice(0, 20)} is not supported. Supported: 3.0, 3.1, and Swagger 2.0.`,
    );
  }
  const old = version === 'old';
  const serverUrl = wanted ?? serverOf(document, old, url);
  if (serverUrl === undefined) {
    throw new DocumentError(
      'The document does not say where the service is: enter the address of its server, too.',
    );
  }
  const resolve = resolver(document);
  const info = objectIn(document.info) ?? {};
  const operations = operationsOf({ document, resolve, old, documentUrl: url });
  if (JSON.stringify(operations).length > maxKept) {
    throw new DocumentError(
      'The operations of the document are too large together. Split it, and add the parts that you need.',
    );
  }
  const description = shortText(info.description, 500);
  const named = shortText(info.version, 40);
  return {
    title: shortText(info.title, 100) ?? new URL(serverUrl).host,
    ...(description === undefined ? {} : { description }),
    ...(named === undefined ? {} : { version: named }),
    serverUrl,
    auth: authOf(document, old, serverUrl, resolve),
    operations,
  };
}
