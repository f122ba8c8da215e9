import type { ChangedPaths } from './changed-paths';

/**
 * Who wrote an update of a draft, how it came, and when (milliseconds since 1970). Nobody (`null`) is the product itself.
 * `source`: `person`, `api`, `suggestion:<id>`, `restore:<what>`, `repair`, or another; see `source.ts`.
 */
export type Authorship = { userId: string | null; source: string; at: number };

/** An update with its author. */
export type AuthoredUpdate = Authorship & { data: Uint8Array };

/** What a stored update changed, by its number, with its author. */
export type AuthoredChange = Authorship & { seq: number; changedPaths: ChangedPaths };
