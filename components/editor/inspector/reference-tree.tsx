'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { earlierSteps, givenNames, inputOf, outputOf } from '@/components/expressions/names';
import { NodeIcon } from '@/components/icons/node-icon';
import type { Sample } from '@/components/runs/last-run';
import { useRunValues } from '@/components/runs/last-run';
import { useCanEdit, useGraph, useSession } from '@/components/session/session';
import { insertReference, referenceType } from '@/components/text-editor/insert-reference';
import { isRows, preview } from '@/components/text-editor/suggest';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/controls/input';
import { toast, toastError } from '@/components/ui/controls/toast';
import { typeOf } from '@/lib/canvas/node-types';
import { beginnings } from '@/lib/runs/blobs';
import { expressionOf, holeOf } from '@/lib/workflows/references';

type Path = readonly [string, ...(string | number)[]];
/** Entries of one value that are shown. */
const maxEntries = 100;

/** What a step can use: the run's input and the outputs of earlier steps, with values. A click puts one at the caret. */
export function ReferenceTree({ nodeId }: { nodeId: string }) {
  const session = useSession();
  const [search, setSearch] = useState('');
  // Names and connections decide what comes before; runs decide the values.
  useGraph((graph) => graph);
  useRunValues();
  const wanted = search.trim().toLowerCase();
  const input = inputOf(session);
  const hasInput =
    typeof input.value === 'object' && input.value !== null && Object.keys(input.value).length > 0;
  // What a start gives is the run's input, which has a place of its own.
  const steps = earlierSteps(session, nodeId).filter((node) => !hasInput || node.type !== 'start');
  const given = Object.entries(givenNames(session, nodeId));
  return (
    <div className="flex flex-col gap-1">
      <Input
        type="search"
        fieldSize="sm"
        aria-label="Filter values"
        placeholder="Filter values…"
        className="mb-1"
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul aria-label="Values this step can use">
        {given.map(([name, value]) => (
          <Branch key={name} label={name} path={[name]} value={value} wanted={wanted} open />
        ))}
        {steps.map((node, index) => (
          <Branch
            key={node.id}
            label={node.name}
            icon={
              <NodeIcon icon={typeOf(node.type)?.icon} group={typeOf(node.type)?.group} size="sm" />
            }
            path={['steps', node.key, 'output']}
            value={beginnings(outputOf(session, node).value)}
            note={noteOf(outputOf(session, node))}
            wanted={wanted}
            open={index < 3}
          />
        ))}
        {hasInput ? (
          <Branch
            label="Run input"
            path={['input']}
            value={input.value}
            note={noteOf(input)}
            wanted={wanted}
            open
          />
        ) : null}
      </ul>
      {steps.length + given.length === 0 && !hasInput ? (
        <p className="py-2 text-xs text-muted">
          No earlier steps. Connect this step to one to use its output. What a webhook sends is here
          after a test request: Triggers → Listen for a test request.
        </p>
      ) : null}
    </div>
  );
}

function noteOf({ from }: Sample): string | undefined {
  if (from === 'sample') return 'sample';
  if (from === 'pinned') return 'pinned';
  if (from === 'request') return 'test request';
  return from === 'nothing' ? 'known after a run' : undefined;
}

function holds(path: Path, value: unknown, wanted: string): boolean {
  if (wanted === '') return true;
  if (expressionOf(path).toLowerCase().includes(wanted)) return true;
  if (typeof value !== 'object' || value === null) {
    return String(value ?? '')
      .toLowerCase()
      .includes(wanted);
  }
  return entriesOf(value).some(([key, inner]) => holds([...path, key], inner, wanted));
}

function entriesOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) {
    return value.slice(0, maxEntries).map((item, index) => [index, item]);
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).slice(0, maxEntries);
}

type BranchProps = {
  label: string;
  icon?: React.ReactNode;
  path: Path;
  value: unknown;
  note?: string | undefined;
  wanted: string;
  open: boolean;
};

function Branch({ label, icon, path, value, note, wanted, open: initially }: BranchProps) {
  const [toggled, setToggled] = useState<boolean>();
  const entries = entriesOf(value);
  if (!holds(path, value, wanted) && !label.toLowerCase().includes(wanted)) return null;
  const open = toggled ?? (initially || wanted !== '');
  const has = entries.length > 0;
  return (
    <li>
      <div className="group/value flex items-center gap-0.5">
        {has ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={open ? `Close ${label}` : `Open ${label}`}
            onClick={() => setToggled(!open)}
            className="flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-fg"
          >
            <ChevronRight
              aria-hidden
              className={cn('size-3.5 transition-transform duration-100', open && 'rotate-90')}
            />
          </button>
        ) : (
          <span className="w-5 shrink-0" />
        )}
        <Value label={label} icon={icon} path={path} value={value} note={note} />
      </div>
      {open && has ? (
        <ul className="ml-2.5 border-l pl-1">
          {entries.map(([key, inner]) => (
            <Branch
              key={key}
              label={typeof key === 'number' ? `[${key}]` : key || '""'}
              path={[...path, key]}
              value={inner}
              wanted={wanted}
              open={false}
            />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

type ValueProps = Pick<BranchProps, 'label' | 'icon' | 'path' | 'value' | 'note'>;

/** One value: click it, or drag it into a text. */
function Value({ label, icon, path, value, note }: ValueProps) {
  const canEdit = useCanEdit();
  const { announcement } = useSession();
  const expression = expressionOf(path);
  const pick = () => {
    if (canEdit && insertReference(expression, isRows(value))) {
      announcement.set(`${expression} inserted`);
      return;
    }
    navigator.clipboard.writeText(holeOf(expression)).then(
      () => toast(`Copied ${holeOf(expression)}`),
      (error: unknown) => toastError('Could not copy', error),
    );
  };
  return (
    <button
      type="button"
      draggable
      title={expression}
      onClick={pick}
      onDragStart={(event) => {
        event.dataTransfer.setData(referenceType, expression);
        event.dataTransfer.setData('text/plain', holeOf(expression));
        event.dataTransfer.effectAllowed = 'copy';
      }}
      className="flex min-h-6 min-w-0 flex-1 items-center gap-1.5 rounded-md px-1 text-left hover:bg-hover"
    >
      {icon}
      <span
        className={cn(
          'max-w-[60%] shrink-0 truncate',
          icon || path.length === 1 ? 'text-sm' : 'font-mono text-xs text-accent',
        )}
      >
        {label}
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-2xs text-faint">
        {icon || path.length === 1 ? '' : preview(value)}
      </span>
      {note ? <span className="shrink-0 text-2xs text-faint">{note}</span> : null}
    </button>
  );
}
