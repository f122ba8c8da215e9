import { errorTable } from '@/lib/api/errors';

/** The one table of error codes. */
export function ErrorTable() {
  return (
    <div className="overflow-x-auto rounded-lg border">
      <table className="w-full border-collapse text-sm" aria-label="Error codes">
        <thead className="border-b text-left text-xs text-muted">
          <tr>
            <th scope="col" className="px-3 py-2 font-medium">
              Code
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Status
            </th>
            <th scope="col" className="px-3 py-2 font-medium">
              Retry?
            </th>
          </tr>
        </thead>
        <tbody className="divide-y">
          {Object.entries(errorTable).map(([code, { status, retryable }]) => (
            <tr key={code}>
              <th scope="row" className="px-3 py-1.5 text-left font-mono text-xs font-normal">
                {code}
              </th>
              <td className="px-3 py-1.5 text-muted tabular-nums">{status}</td>
              <td className="px-3 py-1.5 text-muted">
                {retryable ? 'The same request may succeed later' : 'No'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
