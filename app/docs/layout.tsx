import Link from 'next/link';
import { type ReactNode, Suspense } from 'react';
import { docsGroupsOf } from '@/components/docs/docs-groups';
import { DocsNav } from '@/components/docs/docs-nav';
import { DocsSearch } from '@/components/docs/docs-search';
import { Logo } from '@/components/shell/logo';
import { manualPages } from '@/server/manual/manual';

export const metadata = { title: { default: 'Manual', template: '%s · Ensemble docs' } };

export default function DocsLayout({ children }: { children: ReactNode }) {
  const groups = docsGroupsOf(manualPages());
  return (
    <div className="min-h-dvh bg-surface">
      <header className="sticky top-0 z-10 flex h-12 items-center gap-3 border-b bg-surface px-4 text-sm">
        <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold">
          <Logo size={20} /> <span className="max-sm:sr-only">Ensemble</span>
        </Link>
        <Link href="/docs" className="rounded-sm text-muted hover:text-fg">
          Manual
        </Link>
        <div className="flex min-w-0 flex-1 justify-end">
          <Suspense>
            <DocsSearch />
          </Suspense>
        </div>
        <a
          href="/api/v2/openapi.json"
          className="rounded-sm text-muted hover:text-fg hover:underline hover:underline-offset-4 max-sm:hidden"
        >
          OpenAPI 3.1
        </a>
      </header>
      <div className="flex flex-col lg:flex-row">
        <DocsNav
          groups={groups.map(({ label, items }) => ({
            label,
            items: items.map(({ href, title }) => ({ href, title })),
          }))}
        />
        <main className="min-w-0 flex-1">{children}</main>
      </div>
    </div>
  );
}
