'use client';

import { ChevronRight, Menu } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/controls/icon-button';
import { useShell } from './shell-context';

type Props = {
  title: ReactNode;
  /** Where one came from, e.g. the list. */
  parent?: { href: string; label: string };
  /** Beside the title: state, version. */
  marks?: ReactNode;
  /** On the right, the main one last. */
  actions?: ReactNode;
};

/** The bar on top of a page. */
export function PageHeader({ title, parent, marks, actions }: Props) {
  const { openMenu } = useShell();
  return (
    <header className="flex min-h-11 shrink-0 items-center gap-2 border-b px-4 py-1.5 max-sm:flex-wrap">
      <IconButton label="Open navigation" className="-ml-1.5 md:hidden" onClick={openMenu}>
        <Menu />
      </IconButton>
      {parent ? (
        <>
          <Link
            href={parent.href}
            className="-mx-1 rounded-sm px-1 text-muted transition-colors duration-100 hover:text-fg"
          >
            {parent.label}
          </Link>
          <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
        </>
      ) : null}
      <h1 className="min-w-0 truncate text-sm font-medium max-sm:flex-1 max-sm:basis-24">
        {title}
      </h1>
      {marks}
      <div className="min-w-2 flex-1 max-sm:hidden" />
      {actions ? (
        <div className="flex shrink-0 items-center gap-2 max-sm:shrink max-sm:flex-wrap">
          {actions}
        </div>
      ) : null}
    </header>
  );
}

/** The scrolling part of a page. */
export function PageBody({ children, className }: { children: ReactNode; className?: string }) {
  return <div className={`min-h-0 flex-1 overflow-y-auto ${className ?? ''}`}>{children}</div>;
}
