import type { Given, Made } from './operation';
import { type AggregateSettings, aggregate } from './operations/aggregate';
import { type FilterSettings, filter } from './operations/filter';
import { type GroupSettings, group } from './operations/group';
import { type JoinSettings, join } from './operations/join';
import { type ParseSettings, parse } from './operations/parse';
import { type SetFieldsSettings, setFields } from './operations/set-fields';
import { type SliceSettings, slice } from './operations/slice';
import { type SortSettings, sort } from './operations/sort';
import { type SplitOutSettings, splitOut } from './operations/split-out';
import { type SplitTextSettings, splitText } from './operations/split-text';
import { type UniqueSettings, unique } from './operations/unique';
import { type WorkbookSettings, workbook } from './operations/workbook';
import { type WriteSettings, write } from './operations/write';

/** What steps do with lists of rows, by name, and what each of them is told. */
export type Operations = {
  aggregate: AggregateSettings;
  filter: FilterSettings;
  group: GroupSettings;
  join: JoinSettings;
  parse: ParseSettings;
  setFields: SetFieldsSettings;
  slice: SliceSettings;
  sort: SortSettings;
  splitOut: SplitOutSettings;
  splitText: SplitTextSettings;
  unique: UniqueSettings;
  workbook: WorkbookSettings;
  write: WriteSettings;
};
export type OperationName = keyof Operations;

/** What a step asks for. */
export type TableAsk = {
  [Name in OperationName]: {
    operation: Name;
    settings: Operations[Name];
    /** Expressions by the name under which the operation knows their values. */
    lists: Record<string, string>;
  };
}[OperationName];

type Operate = {
  [Name in OperationName]: (given: Given, settings: Operations[Name]) => Made;
};

const operations: Operate = {
  aggregate,
  filter,
  group,
  join,
  parse,
  setFields,
  slice,
  sort,
  splitOut,
  splitText,
  unique,
  workbook,
  write,
};

/** Does one on the thread that calls. Throws only `ExpressionError`. */
export function operate<Name extends OperationName>(
  name: Name,
  given: Given,
  settings: Operations[Name],
): Made {
  return operations[name](given, settings);
}
