'use client';

import { ChevronRight, Star, Tag, X } from 'lucide-react';
import { Fragment } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { folderNames } from '@/lib/workflows/organise/folder';
import { isFiltered, type ListView } from './list-view';

type Props = { view: ListView; onView: (view: ListView) => void };

/** What part of the workflows is listed, and the way back. Nothing where all are. */
export function FilterLine({ view, onView }: Props) {
  if (!isFiltered(view)) return null;
  const { folder, tag, favourite, sort } = view;
  const names = folderNames(folder ?? '');
  return (
    <nav
      aria-label="Shown part"
      className="flex min-h-9 items-center gap-1 border-b px-4 py-1 text-sm text-muted"
    >
      <Crumb onChoose={() => onView({ sort })}>All workflows</Crumb>
      {names.map((name, index) => (
        <Fragment key={names.slice(0, index + 1).join('/')}>
          <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
          <Crumb
            current={index === names.length - 1}
            onChoose={() => onView({ sort, folder: names.slice(0, index + 1).join('/') })}
          >
            {name}
          </Crumb>
        </Fragment>
      ))}
      {folder === '' ? <Chip>In no folder</Chip> : null}
      {tag === undefined ? null : (
        <Chip>
          <Tag aria-hidden className="size-3" /> {tag}
        </Chip>
      )}
      {favourite ? (
        <Chip>
          <Star aria-hidden className="size-3" /> Favourites
        </Chip>
      ) : null}
      <IconButton label="Show all workflows" size="sm" onClick={() => onView({ sort })}>
        <X />
      </IconButton>
    </nav>
  );
}

type CrumbProps = { current?: boolean; onChoose: () => void; children: string };

function Crumb({ current = false, onChoose, children }: CrumbProps) {
  return (
    <button
      type="button"
      aria-current={current ? 'true' : undefined}
      onClick={onChoose}
      className="min-w-0 truncate rounded-sm px-1 hover:text-fg aria-[current]:font-medium aria-[current]:text-fg"
    >
      {children}
    </button>
  );
}

function Chip({ children }: { children: React.ReactNode }) {
  return (
    <>
      <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="flex min-w-0 items-center gap-1 truncate font-medium text-fg">
        {children}
      </span>
    </>
  );
}
