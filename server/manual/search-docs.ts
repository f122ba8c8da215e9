import { type ManualHit, searchManual } from '@/lib/manual/search-manual';
import type { Hit } from '@/lib/search/contract';
import { manualEntries } from './manual-entries';

/** Places in the documentation that have all these words, the best first. */
export function searchDocs(search: string, limit: number): ManualHit[] {
  return searchManual(manualEntries(), search, limit);
}

/** The same for the palette. */
export function docsHits(search: string, limit: number): Hit[] {
  return searchDocs(search, limit).map(({ title, where, href }) => ({
    ...{ kind: 'docs' as const, id: href, title, detail: where, href },
  }));
}
