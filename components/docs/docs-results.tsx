import Link from 'next/link';
import type { ManualHit } from '@/lib/manual/search-manual';

/** What a search in the documentation found. */
export function DocsResults({ search, hits }: { search: string; hits: readonly ManualHit[] }) {
  if (search === '') return <p className="text-muted">Type a word or two above.</p>;
  if (hits.length === 0) {
    return (
      <p className="text-muted">
        Nothing has all of these words. Try fewer or other ones, or look through{' '}
        <Link href="/docs" className="text-accent underline underline-offset-2">
          all pages
        </Link>
        .
      </p>
    );
  }
  return (
    <ul className="divide-y rounded-lg border" aria-label="Results">
      {hits.map(({ href, title, where, excerpt }) => (
        <li key={href}>
          <Link
            href={href}
            prefetch={false}
            className="block px-4 py-3 outline-offset-[-2px] hover:bg-hover"
          >
            <span className="font-medium">{title}</span>
            <span className="ml-2 text-xs text-faint">{where}</span>
            <span className="mt-0.5 block text-xs text-muted [overflow-wrap:anywhere]">
              {excerpt}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
