import type { FunctionSpec } from './function-spec';
import { listFunctions } from './functions-list';
import { textFunctions } from './functions-text';

/** Every function of expressions by name, in the order of the alphabet. Macros stand in `macros.ts`. */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  [...listFunctions, ...textFunctions]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((spec) => [spec.name, spec]),
);
