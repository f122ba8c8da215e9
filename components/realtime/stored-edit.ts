import type { ClaimedSource } from '@/lib/workflows/changes/source';
import type { ChangedElements } from './transplant';

/** Ids of elements, and names of meta fields, by the part of the draft. */
export type ChangedIds = { [Part in keyof ChangedElements]: string[] };

export type StoredEdit = { update: Uint8Array; origin?: ClaimedSource | undefined };
/** A document with edits that the server lacks, and what they changed. The names of the fields are stored: never rename them. */
export type StoredBase = { state: Uint8Array; touched: ChangedIds };
