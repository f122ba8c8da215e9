import type { TableRow } from './schema';

export const conditionOps = [
  ...(['is', 'is-not', 'contains', 'starts', 'more', 'less', 'empty', 'not-empty'] as const),
] as const;
type ConditionOp = (typeof conditionOps)[number];

/** A condition on the column of that name; `value` as it was entered. */
export type Condition = { column: string; op: ConditionOp; value: string };

export type Selection = { conditions: Condition[]; match: 'all' | 'any' };

/** What a step asks of a table of the workspace, named by its name. */
export type TableCall = { table: string } & (
  | { do: 'add'; rows: Record<string, unknown>[]; extra: 'fail' | 'ignore' }
  | {
      do: 'update';
      rows: Record<string, unknown>[];
      extra: 'fail' | 'ignore';
      /** The column whose value says which row is meant. */
      key: string;
      /** Whether a row that none matches is added. */
      add: boolean;
    }
  | { do: 'delete'; select: Selection }
  | {
      do: 'find';
      select: Selection;
      sort: { column: string; descending: boolean }[];
      limit: number;
    }
);

export type TableAnswer = {
  rows: TableRow[];
  rowCount: number;
  added: number;
  updated: number;
  deleted: number;
  /** A step wrote some of the rows that had read content from outside. */
  outside?: true;
  /** Done by an earlier attempt of the same step; nothing was done again. */
  before?: true;
};
