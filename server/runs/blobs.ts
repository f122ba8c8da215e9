import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { StepError } from '@/lib/nodes/define-node';
import { type BlobRef, filled, isBlobRef, leanOf, refsIn, refTo } from '@/lib/runs/blobs';
import type { WaitEnd } from '@/lib/runs/schema';
import type { Ask } from './engine';

/** Characters of JSON that one statement carries. */
const batchCharacters = 8_000_000;
/** Characters of values that this process keeps at hand, and the most that one reader may ask for. */
const cacheCharacters = 32_000_000;
const wholeCharacters = 64_000_000;

/**
 * Large values of runs, kept beside the journal: once for a run and all that its steps started (`rootId` names the run
 * above all), by the hash of what they hold. They go with their run.
 */
export type Blobs = {
  /** What an engine is asked, with its large values replaced by references to where they are stored now. */
  lean(rootId: string, ask: Ask): Ask | Promise<Ask>;
  /**
   * Reads values of a run with everything in them, for one reader. Throws `StepError`: `too_large` when all that it
   * reads together is more than so many characters, `value_gone` for a reference to nothing.
   */
  reader(rootId: string, most?: number): Whole;
  /** A list, whose entries may still be references. */
  list(rootId: string, value: unknown[] | BlobRef): Promise<unknown[]>;
};

export type Whole = (value: unknown) => Promise<unknown>;

type Read = { value: unknown; characters: number };

export function createBlobs(pool: Pool): Blobs {
  const atHand = new Map<string, { read: Promise<Read | undefined>; characters: number }>();
  let characters = 0;

  const remove = (key: string) => {
    characters -= atHand.get(key)?.characters ?? 0;
    atHand.delete(key);
  };
  const trim = () => {
    for (const oldest of atHand.keys()) {
      if (characters <= cacheCharacters || atHand.size === 1) return;
      remove(oldest);
    }
  };
  /** Shared by all who ask, so that nobody may change it. Its weight is that of what was read, whatever was said. */
  const readOnce = (rootId: string, hash: string): Promise<Read | undefined> => {
    const key = `${rootId}/${hash}`;
    const known = atHand.get(key);
    if (known) {
      atHand.delete(key);
      atHand.set(key, known);
      return known.read;
    }
    const entry = { read: readBlob(pool, rootId, hash), characters: 0 };
    atHand.set(key, entry);
    entry.read.then(
      (read) => {
        if (atHand.get(key) !== entry) return;
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

  const whole = async (rootId: string, value: unknown, budget: { left: number; of: number }) => {
    const refs = refsIn(value);
    if (refs.length === 0) return value;
    const values = new Map<string, unknown>();
    for (const { $blob } of refs) {
      if (budget.left < $blob.characters) throw tooLarge(budget.of);
      const read = await readOnce(rootId, $blob.hash);
      if (read === undefined) throw gone();
      budget.left -= read.characters;
      if (budget.left < 0) throw tooLarge(budget.of);
      values.set($blob.hash, await whole(rootId, read.value, budget));
    }
    return filled(value, ({ $blob }) => values.get($blob.hash));
  };

  return {
    lean(rootId, ask) {
      const parts = new Map<string, Part>();
      const lean = leanAsk(ask, (value) =>
        leanOf(value, (part) => {
          const json = JSON.stringify(part);
          const hash = createHash('sha256').update(json).digest('hex');
          parts.set(hash, { json, holds: refsIn(part).map(({ $blob }) => $blob.hash) });
          return refTo(part, json, hash);
        }),
      );
      if (parts.size === 0) return ask;
      return write(pool, rootId, parts).then(() => lean);
    },
    reader(rootId, most = wholeCharacters) {
      const budget = { left: most, of: most };
      return (value) => whole(rootId, value, budget);
    },
    async list(rootId, value) {
      if (!isBlobRef(value)) return value;
      const list = (await readOnce(rootId, value.$blob.hash))?.value;
      if (!Array.isArray(list)) throw gone();
      return list;
    },
  };
}

/** A value's JSON and the hashes of the values that stand in it as references. */
type Part = { json: string; holds: string[] };

/** The same request with other values, where those of steps can be large. */
function leanAsk(ask: Ask, lean: (value: unknown) => unknown): Ask {
  const leanEnd = (end: WaitEnd): WaitEnd =>
    end.ok === true ? { ...end, output: lean(end.output) } : end;
  if (ask.type === 'resume') return { ...ask, end: leanEnd(ask.end) };
  if (ask.type !== 'settle') return ask;
  const { outcome } = ask;
  if (outcome.ok === true) return { ...ask, outcome: { ...outcome, output: lean(outcome.output) } };
  if (outcome.ok === false) return ask;
  const { children, memo, end, ...rest } = outcome.wait;
  const wait = {
    ...rest,
    ...(memo === undefined ? {} : { memo: lean(memo) }),
    ...(end === undefined ? {} : { end: leanEnd(end) }),
    ...(children === undefined
      ? {}
      : { children: { ...children, inputs: lean(children.inputs) as unknown[] | BlobRef } }),
  };
  return { ...ask, outcome: { ...outcome, wait } };
}

/** Stores what is not there yet. Repeating it changes nothing. */
async function write(pool: Pool, rootId: string, parts: Map<string, Part>): Promise<void> {
  const { rows } = await pool.query<{ hash: string }>(
    'select hash from run_blob where root_run_id = $1 and hash = any($2::text[])',
    [rootId, [...parts.keys()]],
  );
  for (const { hash } of rows) parts.delete(hash);
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
    `The values that are read here together are larger than ${most / 1_000_000} million characters.`,
  );
const gone = () => new StepError('value_gone', 'A value that was kept apart is gone.');
