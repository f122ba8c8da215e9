import Link from 'next/link';
import type { DocsGroup } from './docs-groups';

/** All pages of the manual at a glance. */
export function DocsHome({ groups }: { groups: DocsGroup[] }) {
  return groups.map((group) => (
    <section key={group.label} aria-labelledby={`group-${group.label}`} className="space-y-2">
      <h2 id={`group-${group.label}`} className="text-base font-semibold">
        {group.label}
      </h2>
      <ul className="grid gap-px overflow-hidden rounded-lg border bg-border sm:grid-cols-2">
        {group.items.map(({ href, title, summary }) => (
          <li key={href} className="bg-surface last:odd:sm:col-span-2">
            <Link
              href={href}
              prefetch={false}
              className="block h-full px-4 py-3 outline-offset-[-2px] hover:bg-hover"
            >
              <span className="font-medium">{title}</span>
              <span className="mt-0.5 block text-xs text-muted">{summary}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
