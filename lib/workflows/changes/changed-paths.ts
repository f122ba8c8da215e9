import * as Y from 'yjs';
import { draftParts } from '../draft/draft';
import { isFormerKey } from '../draft/former-keys';

/**
 * What a transaction changed: `meta` or `<part>/<element id>`, and the fields of it by the paths of `diff.ts`.
 * `+` says that the element came, `-<name>` that it went.
 */
export type ChangedPaths = Record<string, string[]>;

/** A transaction with one pass of a long list of rows names each once; more fields than this are `config`. */
const maxFields = 200;

/**
 * Tells what each transaction changes in a draft, until the function that it gives is called. To be asked for before
 * anything is applied: Yjs makes other objects of the roots of a document once `draftParts` were asked for.
 */
export function onChangedPaths(
  doc: Y.Doc,
  listener: (changedPaths: ChangedPaths, transaction: Y.Transaction) => void,
): () => void {
  draftParts(doc);
  const onTransaction = (transaction: Y.Transaction) =>
    listener(changedPathsOf(transaction), transaction);
  doc.on('afterTransaction', onTransaction);
  return () => doc.off('afterTransaction', onTransaction);
}

/**
 * What a transaction changed in a draft. Values that lost against a concurrent one are left out: they were never
 * there. Call it in `afterTransaction`, before Yjs forgets what was deleted; see {@link onChangedPaths}.
 */
export function changedPathsOf(transaction: Y.Transaction): ChangedPaths {
  const parts = draftParts(transaction.doc);
  const found = new Map<string, Set<string>>();
  const note = (element: string, field: string) => {
    const fields = found.get(element) ?? new Set();
    found.set(element, fields.add(field));
  };
  for (const [changed, keys] of transaction.changed) {
    const type: unknown = changed;
    if (!(type instanceof Y.AbstractType)) continue;
    for (const [part, root] of Object.entries(parts)) {
      if (isSame(root, type)) noteEntries(part, root, keys, transaction, note);
    }
    const place = placeOf(type);
    if (!place) continue;
    const part = Object.entries(parts).find(([, root]) => isSame(root, place.root))?.[0];
    if (part === undefined) continue;
    const [id, ...path] = place.path;
    const element = part === 'meta' ? 'meta' : `${part}/${id}`;
    const within = part === 'meta' ? place.path : path;
    for (const field of fieldsIn(type, within, keys, transaction)) {
      if (field !== undefined) note(element, field);
    }
  }
  return Object.fromEntries(
    [...found].map(([element, fields]) => [element, [...fields].slice(0, maxFields)]),
  );
}

/** Adds what came later to what was changed before: an element that went has no other fields any more. */
export function mergeFields<Value>(
  into: Record<string, Value>,
  fields: readonly string[],
  value: Value,
): Record<string, Value> {
  const fresh = fields.some((field) => field === '+' || field.startsWith('-'));
  const next = fresh ? {} : { ...into };
  for (const field of fields) next[field] = value;
  return next;
}

const isSame = (a: unknown, b: unknown) => a === b;

type Keys = ReadonlySet<string | null>;

function noteEntries(
  part: string,
  root: Y.Map<unknown>,
  keys: Keys,
  transaction: Y.Transaction,
  note: (element: string, field: string) => void,
): void {
  for (const key of keys) {
    if (key === null || !holds(root, key, transaction)) continue;
    if (part === 'meta') note('meta', key);
    else if (root.has(key)) note(`${part}/${key}`, '+');
    else note(`${part}/${key}`, `-${nameOfDeleted(root, key)}`);
  }
}

/** The fields of an element that a change of one of its types is about. */
function fieldsIn(
  type: Y.AbstractType<unknown>,
  path: readonly string[],
  keys: Keys,
  transaction: Y.Transaction,
): (string | undefined)[] {
  if (!(type instanceof Y.Map)) return [path.join('.')];
  return [...keys].map((key) => {
    if (key === null || !holds(type, key, transaction)) return undefined;
    return fieldName([...path, key]);
  });
}

function fieldName(path: readonly string[]): string | undefined {
  const [first] = path;
  if (path.length > 1) return path.join('.');
  if (first === 'x' || first === 'y') return 'position';
  if (first === 'width' || first === 'height') return 'size';
  const silent = first === 'order' || first === 'config' || isFormerKey(first ?? '');
  return silent ? undefined : first;
}

/** Whether the transaction decided what stands at a key: it wrote the value that stands there, or took it away. */
function holds(map: Y.Map<unknown>, key: string, transaction: Y.Transaction): boolean {
  const item = map._map.get(key);
  if (!item) return false;
  const before = transaction.beforeState.get(item.id.client) ?? 0;
  return item.deleted ? Y.isDeleted(transaction.deleteSet, item.id) : item.id.clock >= before;
}

function nameOfDeleted(root: Y.Map<unknown>, key: string): string {
  const content = root._map.get(key)?.content;
  const entry = content instanceof Y.ContentType ? content.type : undefined;
  const name = entry?._map.get('name')?.content;
  const value = name instanceof Y.ContentAny ? name.arr.at(-1) : undefined;
  return typeof value === 'string' ? value.slice(0, 200) : '';
}

/** Root and path of a type: keys of maps, and the ids of rows in lists. */
function placeOf(
  type: Y.AbstractType<unknown>,
): { root: Y.AbstractType<unknown>; path: string[] } | undefined {
  const path: string[] = [];
  let child = type;
  for (let item = child._item; item !== null; item = child._item) {
    const parent = item.parent;
    if (!(parent instanceof Y.AbstractType)) return undefined;
    if (item.parentSub !== null) path.unshift(item.parentSub);
    else {
      const id: unknown = child instanceof Y.Map ? child.get('id') : undefined;
      path.unshift(typeof id === 'string' ? id : '');
    }
    child = parent;
  }
  return path.length > 0 ? { root: child, path } : undefined;
}
