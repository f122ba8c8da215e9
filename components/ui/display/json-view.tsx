'use client';

import { ChevronRight } from 'lucide-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { cn } from '../cn';
import { CopyButton } from '../controls/copy-button';

const pageSize = 100;

type Path = readonly (string | number)[];

/** What a part of a value is dragged as, by media type; without one nothing can be dragged. */
const DragContext = createContext<((path: Path) => Readonly<Record<string, string>>) | undefined>(
  undefined,
);
export const DragValues = DragContext.Provider;

type Props = {
  value: unknown;
  /** How many levels are open at first; 2 unless given. */
  openDepth?: number;
  label?: string;
  className?: string;
  /** What people call a text that is a mere id; shown in its place. */
  nameOf?: ((text: string) => string | undefined) | undefined;
};

/** A value as a tree that opens and closes; large lists show a hundred entries at a time. */
export function JsonView({ value, openDepth = 2, label = 'Value', className, nameOf }: Props) {
  return (
    <div className={cn('group relative rounded-md border bg-bg', className)}>
      <CopyButton
        text={() => JSON.stringify(value, null, 2) ?? ''}
        label="Copy JSON"
        className="absolute top-1 right-1 z-10 bg-bg opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
      />
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-[28rem] overflow-auto p-2.5 font-mono text-xs leading-5 outline-offset-[-2px]"
      >
        <Entry value={value} path={top} depth={0} openDepth={openDepth} nameOf={nameOf} />
      </section>
    </div>
  );
}

const top: Path = [];

type EntryProps = Pick<Props, 'nameOf'> & {
  name?: string;
  /** Where it stands in the value. */
  path: Path;
  value: unknown;
  depth: number;
  openDepth: number;
};

function Entry(props: EntryProps) {
  const { name, value, path, depth, nameOf } = props;
  const isTree = typeof value === 'object' && value !== null;
  const count = isTree ? Object.keys(value).length : 0;
  if (!isTree || count === 0) {
    return (
      <div className={cn('flex pl-4', depth > 0 && 'ml-0')}>
        <Name name={name} path={path} />
        <Scalar value={value} nameOf={nameOf} />
      </div>
    );
  }
  return <Tree {...props} value={value} count={count} />;
}

function Tree({
  name,
  value,
  path,
  count,
  depth,
  openDepth,
  nameOf,
}: EntryProps & { value: object; count: number }) {
  const [open, setOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(pageSize);
  const isList = Array.isArray(value);
  const entries = open ? Object.entries(value).slice(0, shown) : [];
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex max-w-full items-center rounded-sm text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={cn(
            'mr-0.5 size-3.5 shrink-0 text-faint transition-transform duration-100',
            open && 'rotate-90',
          )}
        />
        <Name name={name} path={path} />
        <span className="truncate text-faint">
          {isList ? `[${count}]` : `{${count}}`}
          {open ? null : <span className="ml-1.5">{preview(value)}</span>}
        </span>
      </button>
      {open ? (
        <div className="ml-[7px] border-l pl-1.5">
          {entries.map(([key, entry]) => (
            <Entry
              key={key}
              name={key}
              path={[...path, isList ? Number(key) : key]}
              value={entry}
              depth={depth + 1}
              openDepth={openDepth}
              nameOf={nameOf}
            />
          ))}
          {count > shown ? (
            <button
              type="button"
              className="ml-4 rounded-sm text-accent hover:underline"
              onClick={() => setShown(shown + pageSize)}
            >
              {count - shown} more…
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function Name({ name, path }: { name?: string; path: Path }) {
  const dragged = useContext(DragContext);
  return name === undefined ? null : (
    // biome-ignore lint/a11y/noStaticElementInteractions: by keyboard the same values are picked in “Use a value”
    <span
      className={cn('mr-1.5 shrink-0 text-muted', dragged && 'cursor-grab')}
      draggable={dragged !== undefined}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'copy';
        for (const [type, data] of Object.entries(dragged?.(path) ?? {})) {
          event.dataTransfer.setData(type, data);
        }
      }}
    >
      {name}
      <span className="text-faint">:</span>
    </span>
  );
}

function Scalar({ value, nameOf }: Pick<EntryProps, 'value' | 'nameOf'>): ReactNode {
  if (value === undefined) return <span className="text-faint">nothing</span>;
  if (value === null) return <span className="text-faint">null</span>;
  if (typeof value === 'string') {
    const name = nameOf?.(value);
    return (
      <span
        className="min-w-0 break-words whitespace-pre-wrap text-success"
        title={name === undefined ? undefined : value}
      >
        {value === '' ? '""' : (name ?? value)}
      </span>
    );
  }
  if (typeof value === 'number') return <span className="text-info tabular">{String(value)}</span>;
  if (typeof value === 'boolean') return <span className="text-warning">{String(value)}</span>;
  return <span className="text-faint">{Array.isArray(value) ? '[]' : '{}'}</span>;
}

function preview(value: object): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
