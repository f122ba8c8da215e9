import type { StoredBase, StoredEdit } from '../stored-edit';
import type { RejectedEdits } from './rejected';

/** All rows of a draft, or of a tab, or those of a tab up to a number. */
export type RowRange = readonly [draft: string, tab?: string, upTo?: number];
/**
 * A row in IndexedDB under the keys `draft`, `tab` and `number`: an edit, a base (number 0), or rejected edits. Browsers
 * hold rows of earlier versions, so these names never change.
 */
export type Row = { draft: string; tab: string; number: number } & Partial<StoredEdit> & {
    base?: StoredBase;
    aside?: RejectedEdits;
  };

export type RowKey = Pick<Row, 'draft' | 'tab' | 'number'>;

/** What all drafts of a person begin with. */
export const draftsOf = (userId: string): string => `${userId}\n`;
export const draftOf = (workflowId: string, userId: string): string => `${userId}\n${workflowId}`;
/** Begins as no draft does. */
export const rejectedBy = (userId: string): string => `aside\n${userId}`;
export const rowOfRejected = (rejection: RejectedEdits): Row => ({
  draft: rejectedBy(rejection.userId),
  tab: `${rejection.workflowId}\n${rejection.id}`,
  number: 0,
  aside: rejection,
});

export const isInRange = (
  row: Row,
  [draft, tab, upTo = Number.POSITIVE_INFINITY]: RowRange,
): boolean => row.draft === draft && (tab === undefined || row.tab === tab) && row.number <= upTo;

/** The row of these edits, for `OfflineStore.replace`. */
export const rangesOf = (rejection: RejectedEdits): { ranges: RowRange[]; close(): void } => {
  const { draft, tab } = rowOfRejected(rejection);
  return { ranges: [[draft, tab]], close: () => undefined };
};
