'use client';

import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/components/ui/format';
import { type TextPiece, textPieces } from '@/lib/workflows/changes/diff-text';
import { Letter } from './compare-facts';
import { windowOf } from './text-window';

type Props = { a: string | undefined; b: string | undefined; label: string };

/**
 * Two texts beside each other: what only the left one has is marked there, and the other way round. Of long ones the
 * part around the first difference.
 */
export function TwoTexts({ a: wholeA, b: wholeB, label }: Props) {
  const { a, b, cut } = useMemo(() => windowOf(wholeA, wholeB), [wholeA, wholeB]);
  const pieces = useMemo(
    () => (a === undefined || b === undefined ? [] : textPieces(a, b)),
    [a, b],
  );
  return (
    <div className="grid min-w-0 gap-2 md:grid-cols-2 md:gap-4">
      <Side letter="A" label={`${label} of A`} text={a} pieces={pieces} hides="added" />
      <Side letter="B" label={`${label} of B`} text={b} pieces={pieces} hides="removed" />
      {cut ? (
        <p className="text-xs text-faint md:col-span-2">
          {cut.from > 0 ? 'From the first difference: ' : 'Beginning: '}
          {formatCount(cut.shown)} of {formatCount(cut.of)} characters.
        </p>
      ) : null}
    </div>
  );
}

type SideProps = {
  letter: string;
  label: string;
  text: string | undefined;
  pieces: TextPiece[];
  hides: 'added' | 'removed';
};

function Side({ letter, label, text, pieces, hides }: SideProps) {
  const shown = pieces.filter(({ kind }) => kind !== hides);
  return (
    <div className="flex min-w-0 gap-2">
      <Letter>{letter}</Letter>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-72 min-w-0 flex-1 overflow-auto rounded-md border bg-bg px-2.5 py-2 text-xs leading-5 break-words whitespace-pre-wrap -outline-offset-2"
      >
        {text === undefined ? (
          <span className="text-faint">None</span>
        ) : shown.length === 0 ? (
          text || <span className="text-faint">Empty</span>
        ) : (
          shown.map(({ kind, text: words }, index) => {
            const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
            return (
              <Tag
                // biome-ignore lint/suspicious/noArrayIndexKey: pieces are made anew as a whole
                key={index}
                className={cn(
                  'rounded-xs no-underline',
                  kind === 'added' && 'bg-success-soft text-success',
                  kind === 'removed' && 'bg-danger-soft text-danger',
                )}
              >
                {words}
              </Tag>
            );
          })
        )}
      </section>
    </div>
  );
}
