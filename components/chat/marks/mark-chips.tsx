'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { FileDialog } from '@/components/files/file-dialog';
import { cn } from '@/components/ui/cn';
import type { AttachedFile } from '@/lib/chat/attached';
import { hrefOf, type Mark, markKey } from '@/lib/chat/marks/mark';
import type { Message } from '@/lib/chat/message';
import { markKinds } from './mark-kinds';

type Shown = NonNullable<Message['marks']>;

/** What a message that was sent names: each leads to the thing, or says that it was deleted since. */
export function SentMarks({ marks }: { marks: Shown }) {
  const [open, setOpen] = useState<AttachedFile>();
  if (marks.length === 0) return null;
  return (
    <>
      <ul aria-label="Named in this message" className="mt-1.5 flex flex-wrap gap-1.5">
        {marks.map(({ mark, gone }) => (
          <Chip key={markKey(mark)} mark={mark} gone={gone}>
            {gone ? null : <Opener mark={mark} onOpen={setOpen} />}
          </Chip>
        ))}
      </ul>
      <FileDialog file={open} onClose={() => setOpen(undefined)} />
    </>
  );
}

type NamedProps = {
  marking: { named: readonly Mark[]; nothing: boolean; remove: (mark: Mark) => void };
};

/** What the message that is being written names, and that nothing has the name that is being typed. */
export function NamedMarks({ marking: { named, nothing, remove } }: NamedProps) {
  return (
    <>
      {nothing ? (
        <p role="status" className="px-3 pt-2 text-xs text-faint">
          No file, run, step or entry of memory has that name.
        </p>
      ) : null}
      {named.length > 0 ? (
        <ul aria-label="Named" className="flex flex-wrap gap-1.5 px-2 pt-2">
          {named.map((mark) => (
            <Chip key={markKey(mark)} mark={mark}>
              <button
                type="button"
                aria-label={`Do not name ${mark.name}`}
                className="-mr-2 flex h-full shrink-0 items-center border-l px-1.5 hover:bg-hover"
                onClick={() => remove(mark)}
              >
                <X aria-hidden className="size-3" />
              </button>
            </Chip>
          ))}
        </ul>
      ) : null}
    </>
  );
}

type ChipProps = { mark: Mark; gone?: boolean; children: ReactNode };

function Chip({ mark, gone = false, children }: ChipProps) {
  const { icon: Icon } = markKinds[mark.kind];
  return (
    <li
      className={cn(
        'relative inline-flex h-7 max-w-full items-center gap-1.5 overflow-hidden rounded-md border bg-raised px-2 text-xs has-[a:hover]:bg-hover has-[a:focus-visible]:outline-2',
        gone && 'text-faint',
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />
      <span className={cn('min-w-0 truncate', gone && 'line-through')}>{mark.name}</span>
      <span className="min-w-0 shrink truncate text-faint">{gone ? 'deleted' : whereOf(mark)}</span>
      {children}
    </li>
  );
}

const whereOf = (mark: Mark): string => {
  switch (mark.kind) {
    case 'file':
      return '';
    case 'run':
      return mark.id.slice(0, 8);
    case 'step':
      return mark.workflowName;
    case 'memory':
      return mark.space;
  }
};

type OpenerProps = { mark: Mark; onOpen: (file: AttachedFile) => void };

/** Covers its chip. */
function Opener({ mark, onOpen }: OpenerProps) {
  const href = hrefOf(mark);
  const label = `Open ${mark.name}`;
  if (href !== undefined) {
    return <Link href={href} aria-label={label} className="absolute inset-0 outline-none" />;
  }
  if (mark.kind !== 'file') return null;
  const { kind: _, ...file } = mark;
  return (
    <button
      type="button"
      aria-label={label}
      className="absolute inset-0 hover:bg-hover/50"
      onClick={() => onOpen(file)}
    />
  );
}
