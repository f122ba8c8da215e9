import * as Y from 'yjs';

/** Which structs and deletions were made by editors, or promised to them, kept apart from every database. */
export type Ledger = {
  /** Notes an update. */
  add(update: Uint8Array): void;
  /** Forgets the structs of a client id: their edits were made again under another. */
  forget(client: number): void;
  /** How many updates were noted. */
  count(): number;
  /** What was noted until now, as a check: what of it a document lacks, one line for each client. */
  asOfNow(): (doc: Y.Doc) => string[];
};

/** An empty ledger. */
export function createLedger(): Ledger {
  const clocks = new Map<number, number>();
  let deletions: Deletions = new Map();
  let count = 0;
  const forgotten = new Set<number>();
  return {
    add(update) {
      count += 1;
      const { structs, ds } = Y.decodeUpdate(update);
      for (const { id, length } of structs) {
        clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + length));
      }
      deletions = merged(deletions, ds.clients);
    },
    forget(client) {
      forgotten.add(client);
    },
    count: () => count,
    asOfNow() {
      const then = new Map(clocks);
      const deletedThen = deletions;
      return (doc) => missingIn(doc, then, deletedThen, forgotten);
    },
  };
}

function missingIn(
  doc: Y.Doc,
  clocks: ReadonlyMap<number, number>,
  deletions: Deletions,
  forgotten: ReadonlySet<number>,
): string[] {
  const missing: string[] = [];
  for (const [client, clock] of clocks) {
    const has = Y.getState(doc.store, client);
    if (has < clock && !forgotten.has(client)) {
      missing.push(`client ${client} has ${has} of ${clock}`);
    }
  }
  const deleted = Y.createDeleteSetFromStructStore(doc.store);
  for (const [client, ranges] of deletions) {
    if (forgotten.has(client)) continue;
    const lacks = ranges.filter((range) => !covers(deleted.clients.get(client) ?? [], range));
    if (lacks.length > 0) missing.push(`client ${client} lacks ${lacks.length} deletions`);
  }
  return missing;
}

type Range = { clock: number; len: number };
type Deletions = Map<number, Range[]>;

/** Both, with ranges in order and without overlap. */
function merged(a: Deletions, b: ReadonlyMap<number, readonly Range[]>): Deletions {
  const result = new Map(a);
  for (const [client, ranges] of b) {
    const all = [...(a.get(client) ?? []), ...ranges].sort((x, y) => x.clock - y.clock);
    const whole: Range[] = [];
    for (const { clock, len } of all) {
      const last = whole.at(-1);
      if (last && clock <= last.clock + last.len) {
        last.len = Math.max(last.len, clock + len - last.clock);
      } else whole.push({ clock, len });
    }
    result.set(client, whole);
  }
  return result;
}

/** Whether ranges in order hold a whole range, be it in neighbouring pieces. */
function covers(ranges: readonly Range[], { clock, len }: Range): boolean {
  let at = clock;
  for (const range of ranges) {
    if (range.clock > at) break;
    at = Math.max(at, range.clock + range.len);
    if (at >= clock + len) return true;
  }
  return at >= clock + len;
}
