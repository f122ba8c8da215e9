'use client';

import { cn } from '../cn';
import { CopyButton } from '../controls/copy-button';

/** Preformatted text with a copy button; scrolls by itself. */
export function CodeBlock({
  code,
  label,
  className,
}: {
  code: string;
  /** Its name, shown above; also names the scrolling region. */
  label?: string;
  className?: string;
}) {
  return (
    <div className={cn('group relative overflow-hidden rounded-md border bg-bg', className)}>
      <CopyButton
        text={code}
        className="absolute top-1 right-1 bg-bg opacity-0 group-focus-within:opacity-100 group-hover:opacity-100"
      />
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label ?? 'Code'}
        className="max-h-96 overflow-auto outline-offset-[-2px]"
      >
        <pre className="p-3 font-mono text-xs leading-[19px] whitespace-pre">{code}</pre>
      </section>
    </div>
  );
}
