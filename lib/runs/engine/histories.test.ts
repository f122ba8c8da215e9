import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromSnapshot, initialState, type Snapshot, toSnapshot } from '@/lib/runs/plan';
import type { Plan, RunEvent, RunMode } from '@/lib/runs/schema';
import { evolveAll } from './evolve';

/**
 * Journals of real runs, each as it was written on the day it was recorded (`RECORD=1`, see
 * server/runs/engine/histories.int.test.ts). What was once written must be read alike for ever: never record one anew.
 */
type History = {
  plan: Plan;
  mode: RunMode;
  input: unknown;
  createdAt: number;
  events: RunEvent[];
  end: Snapshot;
};

const folder = join(import.meta.dirname, 'histories');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

it('there are histories of every kind', () => {
  expect(names.length).toBeGreaterThanOrEqual(12);
});

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const { plan, mode, input, createdAt, events, end }: History = JSON.parse(text);
  const first = initialState(plan, { mode, input, now: createdAt });

  it('replays to its recorded end', () => {
    expect(plain(toSnapshot(evolveAll(first, events)))).toEqual(end);
  });
  it('gives the same from a snapshot at any place, and the rest', () => {
    for (let seq = 0; seq <= events.length; seq += 1) {
      const middle = plain(toSnapshot(evolveAll(first, events.slice(0, seq)))) as Snapshot;
      const rest = evolveAll(fromSnapshot(middle, { plan, mode, input }), events.slice(seq));
      expect(plain(toSnapshot(rest))).toEqual(end);
    }
  });
  it('is small', () => expect(text.length).toBeLessThan(20_000));
});
