'use client';

import { CloudOff, Download, FileText, Image, Table2, TriangleAlert, X } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { Progress } from '@/components/ui/display/progress';
import { Spinner } from '@/components/ui/spinner';
import { fileTypeOf } from '@/lib/files/file-types';
import { sizeText } from './size-text';

type Props = {
  name: string;
  size: number;
  /** It is on its way: from 0 to 1. */
  progress?: number | undefined;
  /** Why it stands still. */
  waiting?: string | undefined;
  /** It is not there any more. */
  deleted?: boolean | undefined;
  /** Why it could not be taken. */
  problem?: string | undefined;
  onOpen?: (() => void) | undefined;
  onRemove?: (() => void) | undefined;
  /** Goes on with it here. */
  onContinue?: (() => void) | undefined;
  /** Where it can be saved from. */
  download?: string | undefined;
};

/** A file by name and size, beside others: what it is, how far it has come, and what is wrong with it. */
export function FileChip({
  name,
  size,
  progress,
  waiting,
  deleted,
  problem,
  onOpen,
  onRemove,
  onContinue,
  download,
}: Props) {
  const about = (
    <>
      <Mark {...{ name, progress, waiting, problem }} />
      <span className={cn('min-w-0 truncate', deleted && 'line-through')}>{name}</span>
      <span className="shrink-0 text-faint tabular">
        {deleted
          ? 'deleted'
          : progress === undefined
            ? (waiting ?? sizeText(size))
            : `${Math.round(progress * 100)} %${waiting ? ` · ${waiting}` : ''}`}
      </span>
    </>
  );
  return (
    <li
      className={cn(
        'relative inline-flex h-7 max-w-full items-center overflow-hidden rounded-md border bg-raised text-xs',
        problem && 'border-danger/40 bg-danger-soft text-danger',
        deleted && 'text-faint',
      )}
    >
      {onOpen && !deleted && !problem ? (
        <button
          type="button"
          aria-label={`Open ${name}`}
          className="flex h-full min-w-0 items-center gap-1.5 px-2 hover:bg-hover"
          onClick={onOpen}
        >
          {about}
        </button>
      ) : (
        <span className="flex h-full min-w-0 items-center gap-1.5 px-2">{about}</span>
      )}
      {download && !deleted ? (
        <a
          href={download}
          download={name}
          aria-label={`Download ${name}`}
          title="Download"
          className="flex h-full shrink-0 items-center border-l px-1.5 text-muted hover:bg-hover hover:text-fg"
        >
          <Download aria-hidden className="size-3" />
        </a>
      ) : null}
      {onContinue ? (
        <button
          type="button"
          aria-label={`Continue ${name} here`}
          className="flex h-full shrink-0 items-center border-l px-2 text-muted hover:bg-hover hover:text-fg"
          onClick={onContinue}
        >
          Continue here
        </button>
      ) : null}
      {onRemove ? (
        <button
          type="button"
          aria-label={`${progress === undefined ? 'Remove' : 'Cancel'} ${name}`}
          className="flex h-full shrink-0 items-center border-l px-1.5 text-muted hover:bg-hover hover:text-fg"
          onClick={onRemove}
        >
          <X aria-hidden className="size-3" />
        </button>
      ) : null}
      {progress === undefined ? null : (
        <Progress
          value={progress}
          label={`Upload of ${name}`}
          className="absolute inset-x-0 bottom-0 h-0.5"
        />
      )}
    </li>
  );
}

function Mark({
  name,
  progress,
  waiting,
  problem,
}: Pick<Props, 'name' | 'progress' | 'waiting' | 'problem'>) {
  if (waiting) return <CloudOff aria-hidden className="size-3.5 shrink-0 text-warning" />;
  if (progress !== undefined) return <Spinner />;
  if (problem) return <TriangleAlert aria-hidden className="size-3.5 shrink-0" />;
  const format = fileTypeOf(name)?.format;
  const isTable = format === 'csv' || format === 'workbook';
  const Icon = isTable ? Table2 : format === 'picture' ? Image : FileText;
  return <Icon aria-hidden className="size-3.5 shrink-0 text-muted" />;
}
