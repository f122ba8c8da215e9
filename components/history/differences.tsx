'use client';

import { Minus, PencilLine, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/display/empty-state';
import { plural } from '@/components/ui/format';
import { rowText } from '@/lib/runs/values/text-of';
import { isRecord } from '@/lib/values/unknown';
import type { DefinitionDiff, ElementChange, FieldChange } from '@/lib/workflows/changes/diff';
import { textPieces } from '@/lib/workflows/changes/diff-text';
import type { Json } from '@/lib/workflows/draft/draft-value';
import { fieldLabel, partNames } from './labels';

const looks = {
  added: { icon: <Plus />, tone: 'bg-success-soft text-success', word: 'Added' },
  removed: { icon: <Minus />, tone: 'bg-danger-soft text-danger', word: 'Removed' },
  changed: { icon: <PencilLine />, tone: 'bg-warning-soft text-warning', word: 'Changed' },
} as const;

const rank = { nodes: 0, notes: 1, groups: 2, edges: 3 } as const;

type Props = {
  diff: DefinitionDiff;
  /** Node types by id, of both states. */
  types: ReadonlyMap<string, string>;
  selected?: string | undefined;
  /** Brings an element into view; a list without a canvas beside it leaves it out. */
  onPick?: (id: string) => void;
  /** Names of those who changed it, by `<part>/<id>`. */
  authors?: (element: string) => string | undefined;
  /** Leaves the values out. */
  brief?: boolean;
};

/** What differs between two states: by element, then by field. */
export function Differences({ diff, types, selected, onPick, authors, brief }: Props) {
  const elements = useMemo(
    () => diff.elements.toSorted((a, b) => rank[a.part] - rank[b.part]),
    [diff],
  );
  if (elements.length === 0 && diff.meta.length === 0) {
    return <EmptyState title="No differences">Both states are identical.</EmptyState>;
  }
  return (
    <ul aria-label="Differences" className="divide-y">
      {diff.meta.length > 0 ? (
        <li className="px-4 py-2.5">
          <div className="text-sm font-medium">Workflow</div>
          {brief ? <FieldNames fields={diff.meta} /> : <Fields fields={diff.meta} />}
        </li>
      ) : null}
      {elements.map((element) => (
        <Element
          key={`${element.part}/${element.id}`}
          element={element}
          type={types.get(element.id)}
          selected={selected === element.id}
          onPick={onPick && element.part !== 'edges' ? () => onPick(idOf(element)) : undefined}
          by={authors?.(`${element.part}/${element.id}`)}
          brief={brief}
        />
      ))}
    </ul>
  );
}

const idOf = ({ part, id }: ElementChange) =>
  part === 'notes' ? `note/${id}` : part === 'groups' ? `group/${id}` : id;

type ElementProps = {
  element: ElementChange;
  type: string | undefined;
  selected: boolean;
  onPick: (() => void) | undefined;
  by: string | undefined;
  brief: boolean | undefined;
};

function Element({ element, type, selected, onPick, by, brief }: ElementProps) {
  const { icon, tone, word } = looks[element.change];
  const head = (
    <>
      <span
        aria-hidden
        className={cn(
          'flex size-4 shrink-0 items-center justify-center rounded-sm [&_svg]:size-3',
          tone,
        )}
      >
        {icon}
      </span>
      <span className="min-w-0 flex-1 truncate text-left text-sm">
        <span className="sr-only">{word}: </span>
        {element.name || partNames[element.part]}
      </span>
      <span className="shrink-0 text-2xs text-faint">{by ?? partNames[element.part]}</span>
    </>
  );
  return (
    <li className={cn('px-4 py-2', selected && 'bg-accent-soft')}>
      {onPick ? (
        <button
          type="button"
          onClick={onPick}
          className="-mx-1.5 flex h-6 w-[calc(100%+12px)] items-center gap-2 rounded-sm px-1.5 hover:bg-hover"
        >
          {head}
        </button>
      ) : (
        <div className="flex h-6 items-center gap-2">{head}</div>
      )}
      {element.fields.length === 0 ? null : brief ? (
        <FieldNames fields={element.fields} type={type} />
      ) : (
        <Fields fields={element.fields} type={type} />
      )}
    </li>
  );
}

function FieldNames({ fields, type }: { fields: FieldChange[]; type?: string | undefined }) {
  const labels = [...new Set(fields.map((field) => fieldLabel(field.path, type)))];
  return <p className="truncate pl-6 text-xs text-muted">{labels.join(', ')}</p>;
}

function Fields({ fields, type }: { fields: FieldChange[]; type?: string | undefined }) {
  return (
    <dl className="mt-1 space-y-2 pl-6">
      {fields.map((field) => (
        <div key={field.path}>
          <dt className="text-xs text-muted">{fieldLabel(field.path, type)}</dt>
          <dd className="mt-0.5 text-xs">
            <FieldDifference change={field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One field, before and after. */
export function FieldDifference({ change: { path, before, after } }: { change: FieldChange }) {
  if (path === 'position') return <span className="text-faint">Moved</span>;
  if (typeof before === 'string' && typeof after === 'string') {
    return <TextChange before={before} after={after} />;
  }
  if (Array.isArray(before) && Array.isArray(after) && path.startsWith('config.')) {
    const reordered = [...before, ...after].every((item) => typeof item === 'string');
    if (reordered && before.length === after.length) {
      return <span className="text-faint">{plural(after.length, 'row')} in a different order</span>;
    }
  }
  return (
    <div className="space-y-1">
      {before === undefined ? null : <Value value={before} kind="removed" />}
      {after === undefined ? null : <Value value={after} kind="added" />}
    </div>
  );
}

const tones = {
  removed: 'bg-danger-soft text-danger line-through decoration-danger/50',
  added: 'bg-success-soft text-success',
} as const;

function Value({ value, kind }: { value: Json; kind: 'removed' | 'added' }) {
  const text =
    typeof value === 'string'
      ? value
      : isRecord(value) && typeof value.id === 'string'
        ? rowText(value)
        : JSON.stringify(value, null, 1);
  const Tag = kind === 'removed' ? 'del' : 'ins';
  return (
    <Tag
      className={cn(
        'block max-h-40 overflow-y-auto rounded-sm px-1.5 py-0.5 font-mono text-2xs break-words whitespace-pre-wrap no-underline',
        tones[kind],
      )}
    >
      {text === '' ? 'empty' : text}
    </Tag>
  );
}

/** Characters that are kept around a change; what lies farther off is left out. */
const context = 60;

function TextChange({ before, after }: { before: string; after: string }) {
  const pieces = useMemo(() => textPieces(before, after), [before, after]);
  return (
    <p className="max-h-64 overflow-y-auto rounded-sm border px-1.5 py-1 leading-5 break-words whitespace-pre-wrap">
      {pieces.map(({ kind, text }, index) => {
        const key = `${kind}${index}`;
        if (kind === 'same') {
          const first = index === 0;
          const last = index === pieces.length - 1;
          return <span key={key}>{shortened(text, first, last)}</span>;
        }
        const Tag = kind === 'removed' ? 'del' : 'ins';
        return (
          <Tag key={key} className={cn('rounded-xs no-underline', tones[kind])}>
            {text}
          </Tag>
        );
      })}
    </p>
  );
}

function shortened(text: string, first: boolean, last: boolean): string {
  if (text.length <= context * 2) return text;
  const start = first ? '' : text.slice(0, context);
  const end = last ? '' : text.slice(-context);
  return `${start} … ${end}`;
}
