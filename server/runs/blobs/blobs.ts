import { createHash, createHmac } from 'node:crypto';
import type { Pool } from 'pg';
import { StepError } from '@/lib/nodes/node-type/define-node';
import {
  type BlobRef,
  escapeRefs,
  filled,
  isBlobRef,
  offload,
  refCounts,
  refsIn,
  refTo,
} from '@/lib/runs/blobs';
import type { Command } from '@/lib/runs/command';
import type { WaitEnd } from '@/lib/runs/schema';

/** Characters of JSON that one statement carries. */
const batchCharacters = 8_000_000;
/** Characters of values that this process keeps cached, and the most that one reader may ask for. */
const maxCached = 32_000_000;
const maxHydrated = 64_000_000;

/**
 * Large values of runs, kept beside the journal: once for a run and all that its steps started (`rootId` names the run
 * above all), by the hash of what they hold. They go with their run.
 */
export type Blobs = {
  /**
   * What an engine is asked, with its large values replaced by references to where they are stored now, and with what
   * looks like a reference in it and is none of this run's renamed.
   */
  offload(rootId: string, command: Command): Offloaded;
  /**
   * Reads values of a run with everything in them, for one reader. Throws `StepError`: `too_large` when all that it
   * reads together is more than so many characters, a value counted as often as it stands there; `value_gone` for a
   * reference to nothing.
   */
  reader(rootId: string, most?: number): Hydrate;
  /** A list, whose entries may still be references. */
  list(rootId: string, value: unknown[] | BlobRef): Promise<unknown[]>;
};

export type Hydrate = (value: unknown) => Promise<unknown>;

/** A command whose large values are stored; at once where it has none that is new. */
type Offloaded = Command | Promise<Command>;

/** A value, and the characters of all that was read for it, as often as it stands there. */
type Read = { value: unknown; characters: number };
/** What one reading has read already, how much more it may read, and how much it might at first. */
type Reading = { read: Map<string, Read>; left: number; of: number };

export function createBlobs(pool: Pool, sealKey: Buffer): Blobs {
  const { sealed, isSealed } = createSeals(sealKey);
  const cached = new Map<string, { read: Promise<Read | undefined>; characters: number }>();
  let characters = 0;

  const remove = (key: string) => {
    characters -= cached.get(key)?.characters ?? 0;
    cached.delete(key);
  };
  const trim = () => {
    for (const oldest of cached.keys()) {
      if (characters <= maxCached || cached.size === 1) return;
      remove(oldest);
    }
  };
  /** Shared by all who ask, so that nobody may change it. Its weight is that of what was read, whatever was said. */
  const readOnce = (rootId: string, hash: string): Promise<Read | undefined> => {
    const key = `${rootId}/${hash}`;
    const known = cached.get(key);
    if (known) {
      cached.delete(key);
      cached.set(key, known);
      return known.read;
    }
    const entry = { read: readBlob(pool, rootId, hash), characters: 0 };
    cached.set(key, entry);
    entry.read.then(
      (read) => {
        if (cached.get(key) !== entry) return;
        // What is not there may come.
        if (read === undefined) return remove(key);
        entry.characters = read.characters;
        characters += read.characters;
        trim();
      },
      () => remove(key),
    );
    return entry.read;
  };

  /** A stored value with everything in it; a value inside is read once however often it stands there. */
  const open = async (rootId: string, hash: string, reading: Reading): Promise<Read> => {
    const known = reading.read.get(hash);
    if (known) return known;
    const read = await readOnce(rootId, hash);
    if (read === undefined) throw missing();
    const left = reading.left - read.characters;
    const opened = await fill(rootId, read.value, { ...reading, left });
    const all = { value: opened.value, characters: read.characters + opened.characters };
    reading.read.set(hash, all);
    return all;
  };
  /** Throws as soon as it would be more than what is left, each occurrence counted. */
  const fill = async (rootId: string, value: unknown, reading: Reading): Promise<Read> => {
    if (reading.left < 0) throw tooLarge(reading.of);
    let characters = 0;
    const counts = refCounts(value);
    for (const [hash, count] of counts) {
      const left = reading.left - characters;
      characters += count * (await open(rootId, hash, { ...reading, left })).characters;
      if (characters > reading.left) throw tooLarge(reading.of);
    }
    if (counts.size === 0) return { value, characters };
    return { value: filled(value, ({ $blob }) => reading.read.get($blob.hash)?.value), characters };
  };

  const store = (rootId: string, command: Command, known: ReadonlySet<string>): Offloaded => {
    const parts = new Map<string, Part>();
    const isOurs = (ref: BlobRef) => known.has(ref.$blob.hash) && isSealed(ref);
    const offloaded = offloadIn(command, (given) =>
      offload(escapeRefs(given, isOurs), (part) => {
        const json = JSON.stringify(part);
        const hash = createHash('sha256').update(json).digest('hex');
        parts.set(hash, { json, holds: refsIn(part).map(({ $blob }) => $blob.hash) });
        return sealed(refTo(part, json, hash));
      }),
    );
    return parts.size === 0 ? offloaded : write(pool, rootId, parts).then(() => offloaded);
  };

  return {
    offload(rootId, command) {
      const claimed = new Set<string>();
      offloadIn(command, (value) => {
        for (const hash of refCounts(value).keys()) claimed.add(hash);
        return value;
      });
      if (claimed.size === 0) return store(rootId, command, claimed);
      return storedOf(pool, rootId, [...claimed]).then((known) => store(rootId, command, known));
    },
    reader(rootId, most = maxHydrated) {
      let left = most;
      return async (value) => {
        const all = await fill(rootId, value, { left, of: most, read: new Map() });
        left -= all.characters;
        if (left < 0) throw tooLarge(most);
        return all.value;
      };
    },
    async list(rootId, value) {
      if (!isBlobRef(value)) return value;
      const list = (await readOnce(rootId, value.$blob.hash))?.value;
      if (!Array.isArray(list)) throw missing();
      return list;
    },
  };
}

/** A value's JSON and the hashes of the values that stand in it as references. */
type Part = { json: string; holds: string[] };

/** The same request with other values, where those of steps can be large. */
function offloadIn(command: Command, offload: (value: unknown) => unknown): Command {
  const offloadEnd = (end: WaitEnd): WaitEnd =>
    end.ok === true ? { ...end, output: offload(end.output) } : end;
  if (command.type === 'resume') return { ...command, end: offloadEnd(command.end) };
  if (command.type !== 'settle') return command;
  const { outcome } = command;
  if (outcome.ok === true)
    return { ...command, outcome: { ...outcome, output: offload(outcome.output) } };
  if (outcome.ok === false) return command;
  const { children, memo, end, ...rest } = outcome.wait;
  const wait = {
    ...rest,
    ...(memo === undefined ? {} : { memo: offload(memo) }),
    ...(end === undefined ? {} : { end: offloadEnd(end) }),
    ...(children === undefined
      ? {}
      : { children: { ...children, inputs: offload(children.inputs) as unknown[] | BlobRef } }),
  };
  return { ...command, outcome: { ...outcome, wait } };
}

/** Stores what is not there yet. Repeating it changes nothing. */
async function write(pool: Pool, rootId: string, parts: Map<string, Part>): Promise<void> {
  for (const hash of await storedOf(pool, rootId, [...parts.keys()])) parts.delete(hash);
  while (parts.size > 0) {
    const batch: [string, Part][] = [];
    let size = 0;
    for (const part of parts) {
      if (batch.length > 0 && size + part[1].json.length > batchCharacters) break;
      size += part[1].json.length;
      batch.push(part);
      parts.delete(part[0]);
    }
    await pool.query(
      `insert into run_blob (root_run_id, hash, data, holds)
       select $1, g.hash, g.data, array(select json_array_elements_text(g.holds))
       from unnest($2::text[], $3::text[], $4::json[]) as g(hash, data, holds) on conflict do nothing`,
      [
        rootId,
        batch.map(([hash]) => hash),
        batch.map(([, { json }]) => json),
        batch.map(([, { holds }]) => JSON.stringify(holds)),
      ],
    );
  }
}

/** Which of these values a run has. */
async function storedOf(pool: Pool, rootId: string, hashes: string[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ hash: string }>(
    'select hash from run_blob where root_run_id = $1 and hash = any($2::text[])',
    [rootId, hashes],
  );
  return new Set(rows.map(({ hash }) => hash));
}

/** References with a seal over all that they say: who knows a value, and so its hash, cannot make one. */
function createSeals(key: Buffer) {
  const sealOf = ({ $blob: { seal: _, ...said } }: BlobRef) =>
    createHmac('sha256', key)
      .update(`blob ${JSON.stringify(Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1)))}`)
      .digest('base64url');
  return {
    sealed: (ref: BlobRef): BlobRef => ({ $blob: { ...ref.$blob, seal: sealOf(ref) } }),
    isSealed: (ref: BlobRef) =>
      Object.keys(ref).length === 1 &&
      ref.$blob.seal !== undefined &&
      ref.$blob.seal === sealOf(ref),
  };
}

/** A value's JSON; undefined when the run has no such value. */
export async function readBlobText(
  pool: Pool,
  rootId: string,
  hash: string,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ data: string }>(
    'select data from run_blob where root_run_id = $1 and hash = $2',
    [rootId, hash],
  );
  return rows[0]?.data;
}

async function readBlob(pool: Pool, rootId: string, hash: string): Promise<Read | undefined> {
  const text = await readBlobText(pool, rootId, hash);
  return text === undefined ? undefined : { value: JSON.parse(text), characters: text.length };
}

const tooLarge = (most: number) =>
  new StepError(
    'too_large',
    `The values used here exceed ${most / 1_000_000} million characters together.`,
  );
const missing = () => new StepError('value_gone', 'A large value of this run is missing.');
