import type { FileError } from './import-errors';

type Props = { file: { name: string; text: string }; errors: readonly FileError[] };

/** What is wrong with a workflow file, by line, with the line itself. */
export function FileErrors({ file, errors }: Props) {
  const lines = file.text.split('\n');
  return (
    <div role="alert" className="rounded-md border border-danger/40 bg-danger-soft">
      <p className="px-3 pt-2.5 pb-1.5 font-medium text-danger">
        {file.name} was not imported. Nothing was changed.
      </p>
      <ul className="max-h-52 space-y-2 overflow-y-auto px-3 pb-3 text-sm">
        {errors.slice(0, 30).map((error, index, all) => {
          // Several mistakes of one line stand together above it.
          const last = error.line !== all[index + 1]?.line;
          const source = error.line === undefined || !last ? undefined : lines[error.line - 1];
          return (
            <li key={`${error.line}-${error.place}-${error.message}`}>
              {error.line === undefined ? null : (
                <span className="font-medium tabular">Line {error.line}: </span>
              )}
              {error.place ? <code className="font-mono text-xs">{error.place} </code> : null}
              {error.message}
              {source?.trim() ? (
                <pre className="mt-1 overflow-x-auto rounded-sm bg-surface px-2 py-1 font-mono text-xs text-muted">
                  {source.slice(0, 300)}
                </pre>
              ) : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
