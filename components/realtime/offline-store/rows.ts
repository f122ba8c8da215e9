import type { KeptBase, KeptEdit } from '../kept-edit';
import type { SetAside } from './set-aside';

/** All rows of a draft, or of a tab, or those of a tab up to a number. */
export type RowPlace = readonly [draft: string, tab?: string, upTo?: number];
/** What lies on the disk, by the keys `draft`, `tab` and `number`: an edit, a base (number 0), or what was set aside. */
export type Row = { draft: string; tab: string; number: number } & Partial<KeptEdit> & {
    base?: KeptBase;
    aside?: SetAside;
  };

export type RowKey = Pick<Row, 'draft' | 'tab' | 'number'>;

/** What all drafts of a person begin with. */
export const draftsOf = (userId: string): string => `${userId}\n`;
export const draftOf = (workflowId: string, userId: string): string => `${userId}\n${workflowId}`;
/** It begins as no draft does. */
export const asidesOf = (userId: string): string => `aside\n${userId}`;
export const rowOfAside = (aside: SetAside): Row => ({
  draft: asidesOf(aside.userId),
  tab: `${aside.workflowId}\n${aside.id}`,
  number: 0,
  aside,
});

export const isAt = (row: Row, [draft, tab, upTo = Number.POSITIVE_INFINITY]: RowPlace): boolean =>
  row.draft === draft && (tab === undefined || row.tab === tab) && row.number <= upTo;

/** For moving what was set aside. */
export const placesOf = (aside: SetAside): { places: RowPlace[]; close(): void } => {
  const { draft, tab } = rowOfAside(aside);
  return { places: [[draft, tab]], close: () => undefined };
};
