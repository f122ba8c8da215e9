/** Values whose JSON is longer, in characters, stand in the journal as a reference. */
export const blobFrom = 65_536;
const previewCharacters = 400;

/**
 * Stands for a large value that is kept beside the journal, once for a run and all that its steps started. Only the
 * engine makes them: what comes from outside and looks like one is renamed before it is stored (`escapeRefs`), so that
 * whatever stands in a run and looks like one is one.
 */
export type BlobRef = {
  $blob: {
    /** SHA-256 of the value's JSON, in hexadecimal. */
    hash: string;
    /** Length of its JSON. */
    characters: number;
    kind: 'text' | 'list' | 'object';
    /** Entries of a list or an object. */
    count?: number;
    /** How it begins. */
    preview: string;
    /** Says that the engine has made it, to the engine alone. */
    seal?: string;
  };
};

export function isBlobRef(value: unknown): value is BlobRef {
  if (typeof value !== 'object' || value === null || !('$blob' in value)) return false;
  const { $blob: blob } = value;
  return (
    typeof blob === 'object' &&
    blob !== null &&
    'hash' in blob &&
    typeof blob.hash === 'string' &&
    /^[0-9a-f]{64}$/.test(blob.hash) &&
    'characters' in blob &&
    Number.isSafeInteger(blob.characters) &&
    Number(blob.characters) > 0
  );
}

/** The reference to a value of this JSON. */
export function refTo(value: unknown, json: string, hash: string): BlobRef {
  const preview = (typeof value === 'string' ? value : json).slice(0, previewCharacters);
  const shared = { hash, characters: json.length, preview: preview.toWellFormed() };
  if (typeof value === 'string') return { $blob: { ...shared, kind: 'text' } };
  if (Array.isArray(value)) return { $blob: { ...shared, kind: 'list', count: value.length } };
  return { $blob: { ...shared, kind: 'object', count: Object.keys(Object(value)).length } };
}

/**
 * The value with its large parts replaced by what `keep` makes of them: first those deepest inside, so that what is
 * small stays readable. The same value when it is not large.
 */
export function offload(
  value: unknown,
  keep: (part: unknown) => BlobRef,
  from: number = blobFrom,
): unknown {
  if (!isLonger(value, from)) return value;
  if (typeof value !== 'object' || value === null) return keep(value);
  const offloaded = Array.isArray(value)
    ? value.map((inner) => offload(inner, keep, from))
    : Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, offload(inner, keep, from)]),
      );
  return isLonger(offloaded, from) ? keep(offloaded) : offloaded;
}

/** Whether the JSON of a value is longer than so many characters, roughly; looks no further than that. */
function isLonger(value: unknown, limit: number): boolean {
  let left = limit;
  const walk = (inner: unknown): void => {
    if (typeof inner === 'string') left -= inner.length + 2;
    else if (typeof inner !== 'object' || inner === null) left -= 5;
    else if (Array.isArray(inner)) {
      left -= 2;
      for (let index = 0; index < inner.length && left >= 0; index += 1) walk(inner[index]);
    } else {
      left -= 2;
      for (const key in inner) {
        if (left < 0) return;
        left -= key.length + 4;
        walk(Reflect.get(inner, key));
      }
    }
  };
  walk(value);
  return left < 0;
}

/** References anywhere in a value, each hash once. */
export function refsIn(value: unknown): BlobRef[] {
  const found = new Map<string, BlobRef>();
  const walk = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) return;
    if (isBlobRef(inner)) found.set(inner.$blob.hash, inner);
    else for (const key in inner) walk(Reflect.get(inner, key));
  };
  walk(value);
  return [...found.values()];
}

/** References anywhere in a value, and how often each hash stands there. */
export function refCounts(value: unknown): Map<string, number> {
  const found = new Map<string, number>();
  const walk = (inner: unknown): void => {
    if (typeof inner !== 'object' || inner === null) return;
    if (isBlobRef(inner)) found.set(inner.$blob.hash, (found.get(inner.$blob.hash) ?? 0) + 1);
    else for (const key in inner) walk(Reflect.get(inner, key));
  };
  walk(value);
  return found;
}

/** Under which name a value from outside keeps what looks like a reference and is none. */
const escapedBlob = '$$blob';

/** The value with what looks like a reference, and is none of ours, renamed to `$$blob`; the same one when all are. */
export function escapeRefs(value: unknown, isOurs: (ref: BlobRef) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isBlobRef(value)) {
    if (isOurs(value)) return value;
    const { $blob, ...rest } = value;
    return { [escapedBlob]: escapeRefs($blob, isOurs), ...rest };
  }
  let changed = false;
  const inner = Object.entries(value).map(([key, each]): [string, unknown] => {
    const escaped = escapeRefs(each, isOurs);
    changed ||= escaped !== each;
    return [key, escaped];
  });
  if (!changed) return value;
  return Array.isArray(value) ? inner.map(([, each]) => each) : Object.fromEntries(inner);
}

/** The value with references replaced by what `read` gives; where that is undefined they stay. */
export function filled(value: unknown, read: (ref: BlobRef) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isBlobRef(value)) {
    const found = read(value);
    return found === undefined ? value : found;
  }
  if (Array.isArray(value)) return value.map((inner) => filled(inner, read));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, filled(inner, read)]),
  );
}

/** How many entries a list has, wherever it is kept. */
export function countOf(list: readonly unknown[] | BlobRef): number {
  return isBlobRef(list) ? (list.$blob.count ?? 0) : list.length;
}

/** How a value begins that was not read, as people can read it. */
export function beginningOf({ $blob }: BlobRef): string {
  return `${$blob.preview}…`;
}

/** The value with the beginnings of what is kept apart: for places that only hint at it. */
export const beginnings = (value: unknown): unknown =>
  refsIn(value).length === 0 ? value : filled(value, beginningOf);
