import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { type Difference, diffValues } from '@/lib/memory/diff-values';
import type { Json } from '@/lib/memory/merge/leaf';
import { textPieces } from '@/lib/workflows/changes/diff-text';

const maxShown = 60;

/** Where two values differ, part by part. */
export function ValueDiff({
  before,
  after,
}: {
  before: Json | undefined;
  after: Json | undefined;
}) {
  const differences = useMemo(() => diffValues(before, after), [before, after]);
  if (differences.length === 0) return <p className="text-xs text-muted">No differences.</p>;
  const more = differences.length - maxShown;
  return (
    <dl className="space-y-2 rounded-md border bg-bg p-2.5 text-xs">
      {differences.slice(0, maxShown).map((each) => (
        <Part key={each.path} difference={each} />
      ))}
      {more > 0 ? <p className="text-faint">and {more} more</p> : null}
    </dl>
  );
}

function Part({ difference: { path, before, after } }: { difference: Difference }) {
  // Short texts are read as a whole: their pieces say nothing.
  const text = typeof before === 'string' && typeof after === 'string' && before.length > 60;
  return (
    <div>
      {path === '' ? null : <dt className="font-mono text-2xs break-all text-faint">{path}</dt>}
      <dd className="font-mono leading-5 break-words whitespace-pre-wrap">
        {text ? (
          textPieces(before, after).map((piece, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place
            <span key={index} className={cn(piece.kind !== 'same' && looks[piece.kind])}>
              {piece.text}
            </span>
          ))
        ) : (
          <>
            {before === undefined ? null : <del className={looks.removed}>{shown(before)}</del>}
            {before === undefined || after === undefined ? null : ' '}
            {after === undefined ? null : <ins className={looks.added}>{shown(after)}</ins>}
          </>
        )}
      </dd>
    </div>
  );
}

const looks = {
  removed: 'rounded-xs bg-danger-soft text-danger line-through',
  added: 'rounded-xs bg-success-soft text-success no-underline',
};

const shown = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value));
