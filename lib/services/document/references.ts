import { isRecord, objectIn, textIn } from '@/lib/values/unknown';
import { DocumentError, partOf } from './document-error';

type Part = Readonly<Record<string, unknown>>;

/** References that lead to each other before a part is found. */
const maxChain = 20;

/** Finds what a part of the document refers to. Only what is read is looked up, so that circles cost nothing. */
export type Resolve = (part: unknown, path: readonly (string | number)[]) => Part | undefined;

/**
 * Follows `$ref`s within the document. Throws {@link DocumentError} for one to another document, for a circle of nothing but
 * references, and for one to a part that is not there.
 */
export function resolver(document: unknown): Resolve {
  return (part, path) => {
    let current = objectIn(part);
    for (let steps = 0; current; steps += 1) {
      const reference = textIn(current.$ref);
      if (reference === undefined) return current;
      if (!reference.startsWith('#')) {
        throw new DocumentError(
          `${partOf(path)} refers to another document ("${reference.slice(0, 120)}"). Put all parts into one document, and add that.`,
        );
      }
      if (steps >= maxChain) {
        throw new DocumentError(
          `${partOf(path)} refers to itself through "${reference.slice(0, 120)}".`,
        );
      }
      const found = pointed(document, reference);
      if (found === undefined) {
        throw new DocumentError(
          `${partOf(path)} refers to "${reference.slice(0, 120)}", which is not in the document.`,
        );
      }
      // In 3.1, what stands beside a reference counts too: a description, mostly.
      const { $ref: _, ...beside } = current;
      current = Object.keys(beside).length === 0 ? found : { ...found, ...beside, ...refOf(found) };
    }
    return undefined;
  };
}

const refOf = (part: Part) => (part.$ref === undefined ? {} : { $ref: part.$ref });

function pointed(document: unknown, reference: string): Part | undefined {
  let current: unknown = document;
  for (const part of reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((each) => each !== '')) {
    const name = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) current = current[Number(name)];
    else current = isRecord(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return objectIn(current);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
