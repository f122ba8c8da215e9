import { setTimeout as sleep } from 'node:timers/promises';
import { type Query, textOf } from './failpoints';

/** Makes a build that breaks one promise, of what its statements go through; `isGone` tells whether its process has ended. */
export type Break = (query: Query, isGone: () => boolean) => Query;

const commits = /^\s*(with given as|with moved as \(\s*update run)/;
type Statement = { text: string; values: unknown[] };

/** Deliberately broken builds, for tests that must find them out: a checker that never fails proves nothing. */
export const broken: Readonly<Record<'no fencing' | 'no sweeper' | 'acknowledges first', Break>> = {
  /** Commits what it decided whatever others committed meanwhile. */
  'no fencing':
    (query) =>
    (given, ...more) => {
      if (!commits.test(textOf(given))) return query(given, ...more);
      const text = textOf(given)
        .replace(/ and r\.seq = (\$2|g\.expected)/, '')
        .replace(
          /(insert into run_event[^)]*\)[\s\S]*?)(\n\))/,
          '$1\n  on conflict (run_id, seq) do nothing$2',
        );
      return query({ ...(given as Statement), text }, ...more);
    },
  /** Looks after nothing that others left. */
  'no sweeper':
    (query) =>
    (given, ...more) => {
      if (!/^\s*with turn as/.test(textOf(given))) return query(given, ...more);
      return Promise.resolve({ rows: [{ mine: false }] });
    },
  /** Says that a result is stored, and stores it a moment later. */
  'acknowledges first':
    (query, isGone) =>
    (given, ...more) => {
      if (!commits.test(textOf(given))) return query(given, ...more);
      void sleep(150).then(() =>
        isGone() ? undefined : query(given, ...more).catch(() => undefined),
      );
      const ids = [(given as Statement).values[0]].flat();
      return Promise.resolve({ rows: ids.map((id) => ({ id })) });
    },
};
