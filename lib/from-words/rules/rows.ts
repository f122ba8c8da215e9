import type { DraftedStep } from '../drafted';
import { other } from './asking';
import type { Action } from './find-actions';
import { nameOf } from './read-list';
import { grouping, rowCondition } from './row-words';
import { addStep, shortName, type Weaving } from './weave';

const numbers: Readonly<Record<string, number>> = { three: 3, five: 5, ten: 10, twenty: 20 };

/** What is done with rows: some of them, without duplicates, in groups, in an order, the first ones. */
export function changeRows(weaving: Weaving, action: Action): void {
  const { rows } = weaving;
  const step = rows === undefined ? undefined : stepOf(weaving, action, rows);
  if (step === undefined) {
    if (action.kind === 'filter' || action.kind === 'group') other(weaving, action);
    return;
  }
  const id = addStep(weaving, step);
  const expression = `steps.${id}.output.rows`;
  weaving.rows = expression;
  weaving.sources.push({ label: 'Rows', expression, step: id, isRows: true });
}

/** Names that a description uses for columns may differ from those of the table. */
export function assumeColumns({ columns, assumptions }: Weaving): void {
  const names = [...columns].map((name) => `“${name}”`).join(', ');
  if (columns.size > 1)
    assumptions.add(
      `Columns are called ${names}: change the steps if the table names them otherwise.`,
    );
  else if (columns.size === 1)
    assumptions.add(
      `A column is called ${names}: change the step if the table names it otherwise.`,
    );
}

function stepOf(
  weaving: Weaving,
  { kind, words }: Action,
  rows: string,
): Omit<DraftedStep, 'after' | 'group'> | undefined {
  if (kind === 'filter') {
    const found = rowCondition(words);
    if (found === undefined) return undefined;
    const { condition, keep, field, says } = found;
    weaving.columns.add(field);
    const does = `${keep === 'matching' ? 'Keeps' : 'Leaves out'} the rows with ${says}.`;
    return {
      ...{ id: 'filter', type: 'filter', name: shortName(words, 'Filter'), does },
      config: { rows, condition, ...(keep === 'others' ? { keep } : {}) },
    };
  }
  if (kind === 'group') {
    const found = grouping(words);
    if (found === undefined) return undefined;
    const { key, summary, field } = found;
    for (const name of field === '' ? [key] : [key, field]) weaving.columns.add(name);
    return {
      ...{ id: 'group', type: 'group', name: `Group by ${key}` },
      does: `Makes one row for each ${key}, with ${field === '' ? 'the count' : `the ${summary} of ${field}`}.`,
      config: {
        ...{ rows, keys: [{ id: 'key', field: key }] },
        summaries: [{ id: 'summary', summary, field }],
      },
    };
  }
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
