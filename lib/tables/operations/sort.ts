import { bytesOf, make } from '@/lib/expressions/values/budget';
import { type Given, type Made, madeRows } from '../operation';
import { type Ordering, orderOf } from '../order';
import { columnIn, listIn } from '../rows';

export type SortSettings = {
  keys: { field: string; direction: 'ascending' | 'descending'; as: Ordering }[];
};

/** The rows by several fields. Rows that are equal keep their order; blank values come last either way. */
export function sort({ values, budget }: Given, { keys }: SortSettings): Made {
  const rows = listIn(values.rows);
  const columns = keys.map(({ field, direction, as }) => ({
    order: orderOf(columnIn(rows, field, budget), field, as, budget),
    sign: direction === 'ascending' ? 1 : -1,
  }));
  make(budget, 2 * bytesOf.list(rows.length));
  const places = rows.map((_, index) => index);
  places.sort((a, b) => {
    for (const { order, sign } of columns) {
      const [first, second] = [order.blank(a), order.blank(b)];
      if (first !== second) return first ? 1 : -1;
      const difference = first ? 0 : order.compare(a, b);
      if (difference !== 0) return sign * difference;
    }
    return a - b;
  });
  return madeRows(places.map((place) => rows[place]));
}
