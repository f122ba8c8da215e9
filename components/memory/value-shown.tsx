import { JsonView } from '@/components/ui/display/json-view';
import type { Json } from '@/lib/memory/merge/leaf';

/** A value as people read it: a text as it stands, all else as a tree. */
export function ValueShown({ value, label = 'Value' }: { value: Json; label?: string }) {
  if (typeof value !== 'string') return <JsonView value={value} label={label} openDepth={3} />;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className="max-h-96 overflow-auto rounded-md border bg-bg px-3 py-2 text-sm break-words whitespace-pre-wrap"
    >
      {value === '' ? <span className="text-faint">Empty text</span> : value}
    </section>
  );
}
