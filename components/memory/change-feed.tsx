'use client';

import { useChanges } from '@/components/data/memory-queries';
import { Badge } from '@/components/ui/display/badge';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { Cell, HeadCell, Table, TableHead, TableRow } from '@/components/ui/display/table';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { AuthorLink } from './author-link';
import { outcomeTitles } from './texts';

type Props = { space: string; onOpen: (path: string) => void };

/** What was changed last, as it happens. */
export function ChangeFeed({ space, onOpen }: Props) {
  const found = useChanges(space);
  if (found.data === undefined) {
    return found.error ? (
      <ErrorState
        title="The changes could not be loaded"
        error={found.error}
        onRetry={() => void found.refetch()}
      />
    ) : (
      <div role="status" aria-label="Loading changes">
        <SkeletonRows rows={8} />
      </div>
    );
  }
  if (found.data.items.length === 0) return <EmptyState title="No changes yet" />;
  return (
    <Table aria-label="Changes">
      <TableHead>
        <tr>
          <HeadCell className="w-16 text-right">No.</HeadCell>
          <HeadCell>Entry</HeadCell>
          <HeadCell>Change</HeadCell>
          <HeadCell className="max-sm:hidden">By</HeadCell>
          <HeadCell className="text-right">When</HeadCell>
        </tr>
      </TableHead>
      <tbody>
        {found.data.items
          .toReversed()
          .map(({ number, path, version, outcome, deleted, author, at }) => (
            <TableRow key={number}>
              <Cell className="text-right text-xs text-faint tabular">{number}</Cell>
              <Cell className="max-w-0 w-full">
                <button
                  type="button"
                  onClick={() => onOpen(path)}
                  className="max-w-full truncate rounded-sm text-left hover:underline"
                >
                  {path}
                </button>
              </Cell>
              <Cell className="whitespace-nowrap">
                <Badge tone={deleted ? 'danger' : 'neutral'}>{outcomeTitles[outcome]}</Badge>{' '}
                <span className="text-xs text-faint tabular">v{version}</span>
              </Cell>
              <Cell className="max-w-48 truncate text-xs text-muted max-sm:hidden">
                <AuthorLink author={author} />
              </Cell>
              <Cell className="text-right text-xs whitespace-nowrap text-faint">
                <TimeAgo at={at} />
              </Cell>
            </TableRow>
          ))}
      </tbody>
    </Table>
  );
}
