import type { ClaimedSource } from '@/lib/workflows/changes/source';
import type { Touched } from './transplant';

/** Ids of elements, and names of meta fields, by the part of the draft. */
export type TouchedIds = { [Part in keyof Touched]: string[] };

export type KeptEdit = { update: Uint8Array; origin?: ClaimedSource | undefined };
/** A document with edits in it that the server lacks, and what those touched: what they can be read with. */
export type KeptBase = { state: Uint8Array; touched: TouchedIds };
