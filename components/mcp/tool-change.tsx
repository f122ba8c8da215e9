'use client';

import { type ReactNode, useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import type { ShownTool } from '@/lib/mcp/contract';
import { textPieces } from '@/lib/workflows/changes/diff-text';

type Props = { before?: ShownTool; after: ShownTool };

const fields = [
  { label: 'Title', of: ({ title }: ShownTool) => title },
  { label: 'Description', of: ({ description }: ShownTool) => description },
  { label: 'What it says of itself', of: hintsText },
  {
    label: 'Input',
    of: ({ inputSchema }: ShownTool) => JSON.stringify(inputSchema, null, 2),
    mono: true,
  },
];

/** What of a tool has changed: old and new side by side; of a new one, all that it says. */
export function ToolChange({ before, after }: Props) {
  const shown = fields.filter(({ of }) => before === undefined || of(before) !== of(after));
  return (
    <div className="space-y-2">
      {shown.map(({ label, of, mono }) => (
        <section key={label} aria-label={label}>
          <h4 className="mb-1 text-2xs font-medium text-faint">{label}</h4>
          {before === undefined ? (
            <Text mono={mono}>{of(after) || 'None'}</Text>
          ) : (
            <Sides before={of(before)} after={of(after)} mono={mono} />
          )}
        </section>
      ))}
    </div>
  );
}

type SidesProps = { before: string; after: string; mono: boolean | undefined };

function Sides({ before, after, mono }: SidesProps) {
  const pieces = useMemo(() => textPieces(before, after), [before, after]);
  const side = (kind: 'removed' | 'added') =>
    pieces
      .filter((piece) => piece.kind === 'same' || piece.kind === kind)
      .map((piece, index) => {
        const key = `${kind}${index}`;
        if (piece.kind === 'same') return <span key={key}>{piece.text}</span>;
        const Tag = kind === 'removed' ? 'del' : 'ins';
        const tone =
          kind === 'removed' ? 'bg-danger-soft text-danger' : 'bg-success-soft text-success';
        return (
          <Tag key={key} className={cn('rounded-xs no-underline', tone)}>
            {piece.text}
          </Tag>
        );
      });
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Text mono={mono} label="Before">
        {side('removed')}
      </Text>
      <Text mono={mono} label="Now">
        {side('added')}
      </Text>
    </div>
  );
}

type TextProps = { mono: boolean | undefined; label?: string; children: ReactNode };

function Text({ mono, label, children }: TextProps) {
  return (
    <div className="min-w-0">
      {label ? <div className="text-2xs text-faint">{label}</div> : null}
      <p
        className={cn(
          'max-h-56 overflow-auto rounded-sm border px-2 py-1 text-xs break-words whitespace-pre-wrap',
          mono && 'font-mono text-2xs',
        )}
      >
        {children}
      </p>
    </div>
  );
}

function hintsText({ hints }: ShownTool): string {
  const said = [
    hints.readOnly ? 'only reads' : 'may change something',
    ...(hints.destructive ? ['may delete'] : []),
    ...(hints.idempotent ? ['may be repeated'] : []),
    hints.openWorld ? 'reaches the outside' : 'stays within itself',
  ];
  return said.join(', ');
}
