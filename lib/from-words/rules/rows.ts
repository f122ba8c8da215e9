import type { DraftedStep } from '../drafted';
import type { Action } from './find-actions';
import { nameOf } from './read-list';
import { addStep, type Weaving } from './weave';

const numbers: Readonly<Record<string, number>> = { three: 3, five: 5, ten: 10, twenty: 20 };

/** What is done with rows: without duplicates, in an order, the first ones. */
export function changeRows(weaving: Weaving, { kind, words }: Action): void {
  const rows = weaving.rows;
  if (rows === undefined) return;
  const step = addStep(weaving, stepOf(kind, words, rows));
  const expression = `steps.${step}.output.rows`;
  weaving.rows = expression;
  weaving.sources.push({ label: 'Rows', expression, step, isRows: true });
}

function stepOf(
  kind: Action['kind'],
  words: string,
  rows: string,
): Omit<DraftedStep, 'after' | 'group'> {
  if (kind === 'sort') {
    const field = nameOf(/\bby ["“']?(\w+)/i.exec(words)?.[1] ?? '', 'name');
    const direction = /\b(?:desc|highest|largest|newest)/i.test(words) ? 'descending' : 'ascending';
    return {
      ...{
        id: 'sort',
        type: 'sort',
        name: `Sort by ${field}`,
        does: `Sorts the rows by ${field}.`,
      },
      config: { rows, keys: [{ id: 'key', field, direction }] },
    };
  }
  if (kind === 'limit') {
    const given = /(\d+|three|five|ten|twenty)/i.exec(words)?.[1]?.toLowerCase() ?? '10';
    const count = numbers[given] ?? Number(given);
    return {
      ...{
        id: 'limit',
        type: 'limit',
        name: `First ${count}`,
        does: `Keeps the first ${count} rows.`,
      },
      config: { rows, count },
    };
  }
  return {
    ...{ id: 'unique', type: 'unique', name: 'Remove duplicates', does: 'Keeps each row once.' },
    config: { rows },
  };
}
