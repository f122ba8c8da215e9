'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/controls/icon-button';
import { Input } from '@/components/ui/controls/input';
import { type Column, cellText, type Records, searchRecords } from '@/lib/values/records';

/** Rows that are drawn at once: enough to read on, few enough to draw at once, however many there are. */
const pageSize = 50;
const maxCharacters = 200;

/** Rows as a table with the kinds of its columns, a search and pages. */
export function RecordsTable({ records, label }: { records: Records; label: string }) {
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(0);
  const wanted = useDeferredValue(search);
  const found = useMemo(() => searchRecords(records, wanted), [records, wanted]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  // Fewer may be found than there were before.
  const at = Math.min(page, pages - 1);
  const first = at * pageSize;
  const shown = found.slice(first, first + pageSize);
  return (
    <div className="rounded-md border bg-bg">
      <div className="flex items-center gap-2 border-b p-1.5">
        <Input
          type="search"
          fieldSize="sm"
          aria-label="Search rows"
          placeholder="Search rows…"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPage(0);
          }}
          className="max-w-56 min-w-0"
        />
        <span role="status" className="ml-auto shrink-0 text-xs text-faint tabular">
          {placeOf({ first, shown: shown.length, found: found.length, all: records.rows.length })}
        </span>
        <span className={cn('flex shrink-0', pages === 1 && 'hidden')}>
          <IconButton
            label="Previous page"
            size="sm"
            disabled={at === 0}
            onClick={() => setPage(at - 1)}
          >
            <ChevronLeft />
          </IconButton>
          <IconButton
            label="Next page"
            size="sm"
            disabled={at === pages - 1}
            onClick={() => setPage(at + 1)}
          >
            <ChevronRight />
          </IconButton>
        </span>
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`${label}, table`}
        className="max-h-[28rem] overflow-auto outline-offset-[-2px]"
      >
        <table aria-label={label} className="w-full border-collapse text-xs">
          <thead className="sticky top-0 bg-bg">
            <tr>
              <HeadCell>#</HeadCell>
              {records.columns.map((column) => (
                <HeadCell key={column.name} right={column.kind === 'number'}>
                  <span className="text-fg">{column.name}</span>{' '}
                  <span className="font-normal text-faint">{column.kind}</span>
                </HeadCell>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((index) => (
              <tr key={index} className="border-t hover:bg-hover/60">
                <td className="px-2.5 py-1 text-faint tabular">{index + 1}</td>
                {records.columns.map((column) => (
                  <DataCell
                    key={column.name}
                    column={column}
                    value={records.rows[index]?.[column.name]}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {found.length === 0 ? (
          <p className="p-6 text-center text-sm text-muted">No row contains “{wanted}”.</p>
        ) : null}
      </section>
    </div>
  );
}

function HeadCell({ right, children }: { right?: boolean; children: React.ReactNode }) {
  return (
    <th
      scope="col"
      className={cn(
        'h-7 border-b px-2.5 font-medium whitespace-nowrap',
        right ? 'text-right' : 'text-left',
      )}
    >
      {children}
    </th>
  );
}

function DataCell({ column, value }: { column: Column; value: unknown }) {
  const text = cellText(value);
  const cut = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
  return (
    <td
      title={text.length > 40 ? text.slice(0, 2_000) : undefined}
      className={cn(
        'max-w-72 truncate px-2.5 py-1',
        column.kind === 'number' && 'text-right tabular',
        typeof value === 'object' && value !== null && 'font-mono text-muted',
      )}
    >
      {value === null || value === undefined ? <span className="text-faint">–</span> : cut}
    </td>
  );
}

type Place = { first: number; shown: number; found: number; all: number };

function placeOf({ first, shown, found, all }: Place): string {
  const number = (value: number) => value.toLocaleString('en-GB');
  const rows = all === 1 ? 'row' : 'rows';
  if (found === 0) return `0 of ${number(all)} ${rows}`;
  const range = shown === found ? number(found) : `${number(first + 1)}–${number(first + shown)}`;
  if (found === all && shown === found) return `${number(all)} ${rows}`;
  return found === all
    ? `${range} of ${number(all)} ${rows}`
    : `${range} of ${number(found)} found in ${number(all)} ${rows}`;
}
