import type { ColumnType } from '@/lib/data-tables/schema';

/** What people read for each type of column. */
export const typeTitles: Readonly<Record<ColumnType, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  date: 'Date',
  json: 'JSON',
};
