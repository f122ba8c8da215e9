import Link from 'next/link';
import type { ReactNode } from 'react';
import { docsGroups } from '@/components/docs/docs-groups';
import { DocsNav } from '@/components/docs/docs-nav';
import { Logo } from '@/components/shell/logo';

export const metadata = { title: { default: 'Documentation', template: '%s · Ensemble docs' } };

export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh bg-surface">
      <header className="sticky top-0 z-10 flex h-12 items-center gap-2 border-b bg-surface px-4 text-sm">
        <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold">
          <Logo size={20} /> Ensemble
        </Link>
        <span className="text-faint">Documentation</span>
        <a
          href="/api/v2/openapi.json"
          className="ml-auto rounded-sm text-muted hover:text-fg hover:underline hover:underline-offset-4"
        >
          OpenAPI 3.1
        </a>
      </header>
      <div className="flex flex-col lg:flex-row">
        <DocsNav groups={docsGroups} />
        <main className="min-w-0 flex-1">{children}</main>
      </div>
    </div>
  );
}
