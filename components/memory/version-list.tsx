'use client';

import { ChevronRight, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useRestore, useVersions } from '@/components/data/memory-queries';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { toast, toastError } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { MemoryVersion } from '@/lib/memory/schema';
import { AuthorLink } from './author-link';
import { outcomeTitles } from './texts';
import { ValueDiff } from './value-diff';
import { ValueShown } from './value-shown';

type Props = { space: string; path: string; current: number | undefined };

/** Versions of an entry, each with what it changed, to look at and to bring back. */
export function VersionList({ space, path, current }: Props) {
  const found = useVersions(space, path);
  const [open, setOpen] = useState<number>();
  const versions = found.data?.pages.flatMap(({ items }) => items) ?? [];
  if (versions.length === 0) return null;
  return (
    <section aria-label="Versions">
      <h3 className="mb-1 text-xs font-medium text-muted">Versions</h3>
      <ul className="rounded-md border">
        {versions.map((version, index) => (
          <Item
            key={version.version}
            place={{ space, path }}
            version={version}
            before={versions[index + 1]}
            current={version.version === current}
            open={open === version.version}
            onToggle={() => setOpen(open === version.version ? undefined : version.version)}
          />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button
          size="sm"
          variant="ghost"
          className="mt-1"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show older
        </Button>
      ) : null}
    </section>
  );
}

type ItemProps = {
  place: { space: string; path: string };
  version: MemoryVersion;
  before: MemoryVersion | undefined;
  current: boolean;
  open: boolean;
  onToggle: () => void;
};

function Item({ place, version, before, current, open, onToggle }: ItemProps) {
  const { outcome, author, at, deleted, value } = version;
  const canEdit = useCan('memory.edit');
  const restore = useRestore();
  const old = before === undefined || before.deleted ? undefined : before.value;
  return (
    <li className="border-b last:border-b-0">
      <div className="flex h-8 items-center gap-2 pr-2.5 text-xs">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex h-full min-w-0 items-center gap-1.5 pl-2 outline-offset-[-2px] hover:text-fg"
        >
          <ChevronRight
            aria-hidden
            className={cn(
              'size-3 text-faint transition-transform duration-100',
              open && 'rotate-90',
            )}
          />
          <span className="tabular">v{version.version}</span>
          <span className={cn(deleted ? 'text-danger' : 'text-muted')}>
            {outcomeTitles[outcome]}
          </span>
        </button>
        <span className="min-w-0 flex-1 truncate text-faint">
          <AuthorLink author={author} />
        </span>
        <span className="shrink-0 text-faint">{current ? 'current' : <TimeAgo at={at} />}</span>
      </div>
      {open ? (
        <div className="space-y-2 px-2.5 pb-2.5">
          {before === undefined && !deleted ? (
            <ValueShown value={value} label={`Value of v${version.version}`} />
          ) : (
            <ValueDiff before={old} after={deleted ? undefined : value} />
          )}
          {canEdit && !current && !deleted ? (
            <Button
              size="sm"
              loading={restore.isPending}
              onClick={() =>
                restore.mutate(
                  { space: place.space, to: { path: place.path, version: version.version } },
                  {
                    onSuccess: () => toast.success(`v${version.version} stands again`),
                    onError: (error) => toastError('Nothing was restored', error),
                  },
                )
              }
            >
              <RotateCcw aria-hidden /> Restore v{version.version}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
