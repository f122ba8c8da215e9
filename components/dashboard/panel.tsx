import Link from 'next/link';
import type { ReactNode } from 'react';

type Props = {
  title: string;
  count?: number;
  /** Where all of it is. */
  all?: { href: string; label: string };
  children: ReactNode;
};

/** A titled box of the dashboard. */
export function Panel({ title, count, all, children }: Props) {
  return (
    <section aria-label={title}>
      <header className="mb-2 flex h-5 items-center gap-2">
        <h2 className="text-sm font-medium">{title}</h2>
        {count === undefined ? null : <span className="text-xs text-faint tabular">{count}</span>}
        {all ? (
          <Link
            href={all.href}
            className="ml-auto rounded-sm text-xs text-muted underline-offset-2 hover:text-fg hover:underline"
          >
            {all.label}
          </Link>
        ) : null}
      </header>
      <div className="overflow-hidden rounded-lg border">{children}</div>
    </section>
  );
}
