'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call } from '@/components/data/call';
import { previewFile, type FilePreview as Shown } from '@/lib/files/contract';
import { type Encoding, encodingLabels } from '@/lib/files/encodings';

const known = ['file', 'format', 'encoding', 'delimiter', 'headingRow', 'numbers', 'sheet'];

/** What a Read file step will read: its first rows as they will be, or why it cannot. */
export function FilePreview({ config }: { config: Record<string, unknown> }) {
  const { file } = config;
  const fixed = typeof file === 'string' && file !== '' && !file.includes('{{');
  const given = Object.fromEntries(Object.entries(config).filter(([name]) => known.includes(name)));
  const query = previewFile.query.safeParse(given);
  const { data, error } = useQuery<Shown>({
    queryKey: ['files', 'preview', query.data],
    queryFn: ({ signal }) => {
      if (!query.success) throw new Error('These settings are not valid.');
      return call(previewFile, { query: query.data }, { signal });
    },
    enabled: fixed && query.success,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!fixed || !query.success) return null;
  const problem = error?.message ?? data?.problem;
  return (
    <section aria-label="Preview of the file" className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">Preview</h3>
      {problem ? (
        <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-xs text-danger">
          {problem}
        </p>
      ) : data ? (
        <Content data={data} />
      ) : (
        <p className="text-xs text-faint">Reading…</p>
      )}
    </section>
  );
}

const delimiterNames: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'pipes',
};

function Content({ data }: { data: Shown }) {
  const { encoding, delimiter, columns, rows, rowCount, text, sheets, pages } = data;
  const facts = [
    encoding ? (encodingLabels[encoding as Encoding] ?? encoding) : undefined,
    delimiter ? `separated by ${delimiterNames[delimiter] ?? delimiter}` : undefined,
    pages === null ? undefined : `${pages} ${pages === 1 ? 'page' : 'pages'}`,
    sheets === null ? undefined : `sheets: ${sheets.join(', ')}`,
    rowCount === null ? undefined : `${rowCount} ${rowCount === 1 ? 'row' : 'rows'}`,
  ].filter(Boolean);
  return (
    <>
      <p className="text-xs text-muted">{facts.join(' · ')}</p>
      {text === null ? (
        <Rows columns={columns} rows={rows} />
      ) : (
        <pre className="max-h-48 overflow-auto rounded-md border bg-bg px-3 py-2 font-mono text-2xs whitespace-pre-wrap [overflow-wrap:anywhere]">
          {text}
        </pre>
      )}
    </>
  );
}

function Rows({ columns, rows }: Pick<Shown, 'columns' | 'rows'>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <div tabIndex={0} className="max-h-56 overflow-auto rounded-md border">
      <table className="w-full border-collapse text-2xs" aria-label="First rows">
        <thead className="sticky top-0 bg-surface">
          <tr>
            {columns.map((name) => (
              <th
                key={name}
                scope="col"
                className="max-w-48 truncate border-b px-2 py-1 text-left font-medium"
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y font-mono">
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and never move
            <tr key={row}>
              {cells.map((value, index) => (
                <td key={columns[index]} className={cellStyle(value)} title={String(value ?? '')}>
                  {value === null ? '–' : value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Numbers stand right, as in a spreadsheet: so one sees what is a number and what is text. */
function cellStyle(value: unknown): string {
  const side = typeof value === 'number' ? 'text-right text-fg' : 'text-left';
  return `max-w-48 truncate px-2 py-1 ${value === null ? 'text-faint' : ''} ${side}`;
}
