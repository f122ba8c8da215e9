import { cn } from '@/components/ui/cn';
import { Resolved, titleOf } from './resolved';
import type { Settings } from './settings-value';
import type { Preview, PreviewProblem } from './use-preview';

type Props = { type: string; settings: Settings; preview: Preview };

/** What the step would work with after the changes, as they are typed. */
export function LivePreview({ type, settings, preview }: Props) {
  const { input, stale, error } = preview;
  return (
    <section aria-label="Preview" aria-busy={stale} className="space-y-2 border-t pt-3">
      <h4 className="text-xs font-medium text-muted">Resolved settings</h4>
      {error ? (
        <p role="alert" className="text-xs text-danger">
          The preview could not be calculated: {error.message}
        </p>
      ) : input ? (
        <div className={cn('transition-opacity duration-100', stale && 'opacity-60')}>
          <Resolved type={type} input={input} settings={settings} textsOnly />
        </div>
      ) : (
        <p role="status" className="text-xs text-faint">
          Calculating
        </p>
      )}
    </section>
  );
}

/** Texts of a held step that cannot be worked out. */
export function Unresolved({ type, problems }: { type: string; problems: PreviewProblem[] }) {
  return problems.map(({ path, message }) => (
    <div key={path.join('.')}>
      <h4 className="mb-1 text-xs text-faint">{titleOf(type, path.join('.'), {})}</h4>
      <p className="text-xs text-danger">{message}</p>
    </div>
  ));
}
