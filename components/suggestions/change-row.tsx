'use client';

import { Check, Minus, PencilLine, Plus, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { FieldDifference } from '@/components/history/differences';
import { fieldLabel, partNames } from '@/components/history/labels';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Badge } from '@/components/ui/display/badge';
import { cardWidth } from '@/lib/canvas/geometry';
import type { Review } from '@/lib/suggestions/review';
import type { Change, SuggestionView } from '@/lib/suggestions/schema';
import { positionSchema } from '@/lib/workflows/schema';
import { Conflict } from './conflict';
import { isOpen, useReview } from './use-review';

const looks = {
  added: { icon: <Plus />, tone: 'bg-success-soft text-success', word: 'Added' },
  removed: { icon: <Minus />, tone: 'bg-danger-soft text-danger', word: 'Removed' },
  changed: { icon: <PencilLine />, tone: 'bg-warning-soft text-warning', word: 'Changed' },
} as const;

/** One change of a suggestion: what differs, field by field, and what became of it. */
export function ChangeRow({ view, review }: { view: SuggestionView; review: Review }) {
  const { change, state } = review;
  const { current, focus } = useReview();
  const { actions, centreOn } = useSession();
  const type = useGraph((graph) => graph.nodes.get(change.id)?.type);
  const row = useRef<HTMLLIElement>(null);
  const { icon, tone, word } = looks[change.change];
  const isCurrent = current === change.key;
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  return (
    <li ref={row} className={cn('px-4 py-2', isCurrent && 'bg-hover')} data-change={change.key}>
      <div className="flex min-h-6 items-center gap-2">
        <button
          type="button"
          aria-current={isCurrent || undefined}
          onClick={() => {
            focus(change.key);
            if (change.change === 'added' && change.element?.position) centreOn(positionOf(change));
            else if (change.part === 'nodes') actions.reveal([change.id]);
          }}
          className="-ml-1.5 flex h-6 min-w-0 flex-1 items-center gap-2 rounded-sm px-1.5 text-left hover:bg-active"
        >
          <span
            aria-hidden
            className={cn(
              'flex size-4 shrink-0 items-center justify-center rounded-sm [&_svg]:size-3',
              tone,
            )}
          >
            {icon}
          </span>
          <span className="min-w-0 flex-1 truncate text-sm">
            <span className="sr-only">{word}: </span>
            {change.name || partNames[change.part]}
          </span>
          <span className="shrink-0 text-2xs text-faint">{partNames[change.part]}</span>
        </button>
        <Decide view={view} review={review} />
      </div>
      {state === 'gone' ? (
        <p className="mt-1 pl-6 text-xs text-warning">
          This was deleted since the suggestion was made.
        </p>
      ) : null}
      {state === 'waiting' ? (
        <p className="mt-1 pl-6 text-xs text-muted">Accepted together with its step.</p>
      ) : null}
      <FieldList change={change} review={review} type={type} open={isOpen(view, change.key)} />
    </li>
  );
}

/** The middle of a card that is not on the canvas yet. */
function positionOf({ element }: Change): { x: number; y: number } {
  const at = positionSchema.safeParse(element?.position);
  return at.success ? { x: at.data.x + cardWidth / 2, y: at.data.y + 32 } : { x: 0, y: 0 };
}

function Decide({ view, review: { change, state } }: { view: SuggestionView; review: Review }) {
  const { decide, busy } = useReview();
  const mayDecide = useCan('workflows.edit');
  const decided = view.decided[change.key];
  if (decided) {
    return (
      <Badge tone={decided.as === 'accepted' ? 'success' : 'neutral'}>
        {decided.as === 'accepted' ? 'Accepted' : 'Declined'} by {decided.by.name.split(' ')[0]}
      </Badge>
    );
  }
  if (!mayDecide || view.status !== 'open') return null;
  const name = change.name || partNames[change.part];
  return (
    <span className="flex shrink-0 items-center">
      <IconButton
        label={`Accept: ${name}`}
        size="sm"
        keys={['Mod', 'Shift', 'Enter']}
        disabled={busy || state === 'gone' || state === 'waiting'}
        onClick={() => decide('accepted', [change.key])}
      >
        <Check />
      </IconButton>
      <IconButton
        label={`Decline: ${name}`}
        size="sm"
        disabled={busy}
        onClick={() => decide('refused', [change.key])}
      >
        <X />
      </IconButton>
    </span>
  );
}

type FieldListProps = { change: Change; review: Review; type: string | undefined; open: boolean };

function FieldList({ change, review, type, open }: FieldListProps) {
  if (change.change === 'removed' && review.state === 'conflict' && open) {
    return <Conflict name={change.key} label="Others changed it since. Remove anyway" />;
  }
  if (change.change !== 'changed') return <Summary change={change} />;
  return (
    <dl className="mt-1 space-y-2 pl-6">
      {review.fields.map((field) => (
        <div key={field.path}>
          <dt className="text-xs text-muted">{fieldLabel(field.path, type)}</dt>
          <dd className="mt-0.5 text-xs">
            {open && field.state === 'conflict' ? (
              <Conflict name={`${change.key}#${field.path}`} field={field} />
            ) : open && field.state === 'merged' ? (
              <FieldDifference
                change={{
                  path: field.path,
                  ...(field.now === undefined ? {} : { before: field.now }),
                  ...(field.result === undefined ? {} : { after: field.result }),
                }}
              />
            ) : (
              <FieldDifference change={field} />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What is added, in short: its settings that say something. */
function Summary({ change }: { change: Change }) {
  const config = change.change === 'added' ? change.element?.config : undefined;
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return null;
  const type = typeof change.element?.type === 'string' ? change.element.type : undefined;
  const shown = Object.entries(config).filter(
    ([, value]) => typeof value === 'string' && value !== '',
  );
  if (shown.length === 0) return null;
  return (
    <dl className="mt-1 space-y-1 pl-6 text-xs">
      {shown.slice(0, 4).map(([name, value]) => (
        <div key={name}>
          <dt className="text-muted">{fieldLabel(`config.${name}`, type)}</dt>
          <dd className="line-clamp-3 break-words whitespace-pre-wrap">{String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
