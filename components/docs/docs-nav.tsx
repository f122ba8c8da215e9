'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

export type DocsGroup = { label: string; items: { href: string; label: string }[] };

/** The pages of the documentation. */
export function DocsNav({ groups }: { groups: DocsGroup[] }) {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Documentation"
      className="flex gap-6 overflow-x-auto border-b px-4 py-3 lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:w-56 lg:shrink-0 lg:flex-col lg:gap-5 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-3 lg:py-6"
    >
      {groups.map((group) => (
        <div key={group.label} className="flex gap-0.5 lg:flex-col">
          <h2 className="px-2 pb-1 text-2xs font-medium text-faint max-lg:sr-only">
            {group.label}
          </h2>
          {group.items.map(({ href, label }) => (
            <Link
              key={href}
              href={href}
              aria-current={pathname === href ? 'page' : undefined}
              className={cn(
                'flex h-7 shrink-0 items-center rounded-md px-2 whitespace-nowrap text-muted transition-colors duration-100 hover:bg-hover hover:text-fg',
                pathname === href && 'bg-active text-fg',
              )}
            >
              {label}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
