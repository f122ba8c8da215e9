import type { Given, Made } from './operation';
import { type FilterSettings, filter } from './operations/filter';
import { type GroupSettings, group } from './operations/group';
import { type SetFieldsSettings, setFields } from './operations/set-fields';
import { type SortSettings, sort } from './operations/sort';

/** What steps do with lists of rows, by name, and what each of them is told. */
export type Operations = {
  filter: FilterSettings;
  group: GroupSettings;
  setFields: SetFieldsSettings;
  sort: SortSettings;
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

const operations: Operate = { filter, group, setFields, sort };

/** Does one on the thread that calls. Throws only `ExpressionError`. */
export function operate<Name extends OperationName>(
  name: Name,
  given: Given,
  settings: Operations[Name],
): Made {
  return operations[name](given, settings);
}
