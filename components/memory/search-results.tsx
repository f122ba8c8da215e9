'use client';

import { Search } from 'lucide-react';
import { useMemorySearch } from '@/components/data/memory-queries';
import { PageBody } from '@/components/shell/page-header';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { MeaningState, MemoryHit } from '@/lib/memory/schema';

type Props = { q: string; onOpen: (place: { space: string; path: string }) => void };

/** What fits some words in all memories, with the reason why. */
export function SearchResults({ q, onOpen }: Props) {
  const found = useMemorySearch(q);
  return (
    <PageBody>
      {found.data ? <Meaning meaning={found.data.meaning} /> : null}
      {found.data === undefined ? (
        found.error ? (
          <ErrorState
            title="The search did not work"
            error={found.error}
            onRetry={() => void found.refetch()}
          />
        ) : (
          <div role="status" aria-label="Searching">
            <SkeletonRows rows={4} />
          </div>
        )
      ) : found.data.hits.length === 0 ? (
        <EmptyState icon={<Search aria-hidden />} title={`Nothing fits “${q}”`}>
          Beginnings of words are enough. Path, value and what they mean are looked through.
        </EmptyState>
      ) : (
        <ul aria-label="Found">
          {found.data.hits.map((hit) => (
            <li key={`${hit.space} ${hit.path}`} className="border-b">
              <button
                type="button"
                onClick={() => onOpen(hit)}
                className="block w-full px-4 py-2.5 text-left outline-offset-[-2px] hover:bg-hover/60"
              >
                <span className="flex items-center gap-2 text-sm">
                  <span className="min-w-0 truncate font-medium">{hit.path}</span>
                  <span className="min-w-0 flex-1 truncate text-xs text-muted">
                    {hit.spaceTitle}
                  </span>
                  <Reasons why={hit.why} />
                  <span className="shrink-0 text-xs text-faint">
                    <TimeAgo at={hit.updatedAt} />
                  </span>
                </span>
                <span className="mt-0.5 block truncate text-xs text-muted">{hit.snippet}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </PageBody>
  );
}

const places = {
  words: 'in the value',
  path: 'in the path',
  similar: 'looks like',
  meaning: 'like in meaning',
} as const;

const wordsOf = ({ kind, words, similarity = 0 }: MemoryHit['why'][number]): string => {
  if (kind === 'meaning') return `${Math.round(similarity * 100)} % ${places[kind]}`;
  const all = words.join(', ');
  return kind === 'similar' ? `${places[kind]} ${all}` : `${all} ${places[kind]}`;
};

/** What was not looked through, so that nobody takes few hits for all there are. */
function Meaning({ meaning: { state, waiting } }: { meaning: MeaningState }) {
  const what =
    state === 'away'
      ? 'Only words were looked through: the model of meaning did not answer.'
      : state === 'on' && waiting > 0
        ? `${waiting} ${waiting === 1 ? 'entry is' : 'entries are'} new, and found by words alone for now.`
        : undefined;
  return what === undefined ? null : <p className="px-4 py-2 text-xs text-muted">{what}</p>;
}

function Reasons({ why }: { why: MemoryHit['why'] }) {
  return why.map((reason) => (
    <Badge
      key={reason.kind}
      tone={reason.kind === 'words' || reason.kind === 'path' ? 'accent' : 'outline'}
      className="max-sm:hidden"
    >
      {wordsOf(reason)}
    </Badge>
  ));
}
