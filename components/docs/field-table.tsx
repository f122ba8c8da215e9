import type { SchemaRow } from '@/lib/api/schema-rows';

/** Fields of a schema as a table. */
export function FieldTable({
  caption,
  rows,
  of,
}: {
  caption: string;
  rows: SchemaRow[];
  /** What the fields belong to: then each row can be linked to, as `of.field.inner`. */
  of?: string;
}) {
  if (rows.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-medium text-muted">{caption}</h3>
      <div className="overflow-x-auto rounded-lg border">
        <table className="w-full border-collapse text-sm" aria-label={caption}>
          <thead className="sr-only">
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Type</th>
              <th scope="col">Notes</th>
            </tr>
          </thead>
          <tbody className="divide-y">
            {rows.map((row) => (
              <Row
                key={row.path}
                row={row}
                {...(of ? { id: `${of}.${row.path.replaceAll('[]', '')}` } : {})}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function Row({ row, id }: { row: SchemaRow; id?: string }) {
  const parts = row.path.split('.');
  const name = parts.pop();
  return (
    <tr id={id} className="scroll-mt-20 align-top target:bg-accent-soft">
      <th scope="row" className="w-[34%] px-3 py-2 text-left font-normal">
        <code className="font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          {parts.length > 0 ? <span className="text-faint">{parts.join('.')}.</span> : null}
          {name}
        </code>
        {row.required ? null : <span className="ml-1.5 text-2xs text-faint">optional</span>}
      </th>
      <td className="w-[26%] px-3 py-2 text-xs leading-5 text-muted">{row.type}</td>
      <td className="px-3 py-2 text-xs leading-5 text-muted">{row.notes.join(' ')}</td>
    </tr>
  );
}
