import { boundedTextLength, bytesOf, make, spend } from '@/lib/expressions/values/budget';
import { displayText } from '@/lib/expressions/values/display-text';
import { forbiddenKeys } from '@/lib/expressions/values/values';
import { counted, type Given, type Made } from '../operation';
import { perRow } from '../per-row';
import { columnIn, isBlank, listIn, type Row, rowError } from '../rows';

export type AggregateSettings =
  | { into: 'list'; field: string }
  | { into: 'text'; expression: string; separator: string }
  | { into: 'object'; key: string; field: string };

/** All rows as one value: a list of a field's values, a text, or an object by a key. */
export function aggregate(given: Given, settings: AggregateSettings): Made {
  const { values, budget } = given;
  const rows = listIn(values.rows);
  spend(budget, rows.length);
  make(budget, bytesOf.list(rows.length));
  const output = { count: rows.length };
  if (settings.into === 'list')
    return { output: { list: columnIn(rows, settings.field, budget), ...output } };
  if (settings.into === 'text') {
    const each =
      settings.expression.trim() === ''
        ? (row: unknown) => row
        : perRow(settings.expression, given);
    let length = 0;
    const texts = rows.map((row, index) => {
      const text = displayText(each(row, index), budget);
      length = boundedTextLength(length + text.length + settings.separator.length);
      return text;
    });
    make(budget, bytesOf.text(length));
    return { output: { text: texts.join(settings.separator), ...output } };
  }
  const keys = columnIn(rows, settings.key, budget);
  const found = columnIn(rows, settings.field, budget);
  const object: Row = {};
  for (const [index, key] of keys.entries()) {
    if (isBlank(key) || typeof key === 'object')
      throw rowError(index, `“${settings.key}” is empty or no text, so it cannot be a name.`);
    const name = String(key);
    if (forbiddenKeys.has(name)) throw rowError(index, `“${name}” cannot be a name.`);
    make(budget, bytesOf.object(1));
    object[name] = found[index];
  }
  const names = Object.keys(object).length;
  const twice = rows.length - names;
  const note =
    twice === 0 ? undefined : `${counted(twice)} had a name that came again: the last one counts.`;
  return { output: { object, ...output }, ...(note === undefined ? {} : { note }) };
}
