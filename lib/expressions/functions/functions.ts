import type { FunctionSpec } from './function-spec';
import { momentFunctions } from './functions-dates';
import { encodeFunctions } from './functions-encode';
import { listFunctions } from './functions-list';
import { tableFunctions } from './functions-table';
import { dateFunctions, numberFunctions, textFunctions } from './functions-text';
import { urlFunctions } from './functions-url';

/** The functions of expressions by what they are about, as the documentation shows them. */
export const functionGroups: readonly { title: string; functions: readonly FunctionSpec[] }[] = [
  { title: 'Lists and objects', functions: [...listFunctions, ...tableFunctions] },
  { title: 'Texts', functions: textFunctions },
  { title: 'Numbers', functions: numberFunctions },
  { title: 'Dates and times', functions: [...dateFunctions, ...momentFunctions] },
  { title: 'URLs', functions: urlFunctions },
  { title: 'Hashes and encodings', functions: encodeFunctions },
];

/** Every function of expressions by name, in the order of the alphabet. Macros stand in `macros.ts`. */
export const functions: ReadonlyMap<string, FunctionSpec> = new Map(
  functionGroups
    .flatMap((group) => group.functions)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((spec) => [spec.name, spec]),
);
