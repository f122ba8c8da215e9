'use client';

import { Menu, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import type { DocsGroup } from './docs-groups';

/** The pages of the documentation: a column where there is room, a menu where there is not. */
export function DocsNav({ groups }: { groups: DocsGroup[] }) {
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string>();
  const open = openAt === pathname;
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (pathname) current.current?.scrollIntoView?.({ block: 'nearest' });
  }, [pathname]);
  return (
    <div className="border-b px-4 py-2 lg:sticky lg:top-12 lg:h-[calc(100dvh-3rem)] lg:w-60 lg:shrink-0 lg:overflow-y-auto lg:border-r lg:border-b-0 lg:px-3 lg:py-6">
      <Button
        size="sm"
        className="lg:hidden"
        aria-expanded={open}
        onClick={() => setOpenAt(open ? undefined : pathname)}
      >
        {open ? <X aria-hidden /> : <Menu aria-hidden />} Pages
      </Button>
      <nav
        aria-label="Documentation"
        className={cn('flex-col gap-5 max-lg:pt-3 lg:flex', open ? 'flex' : 'hidden')}
      >
        {groups.map((group) => (
          <div key={group.label} className="flex flex-col gap-0.5">
            <h2 className="px-2 pb-1 text-2xs font-medium text-faint">{group.label}</h2>
            {group.items.map(({ href, title }) => (
              <Link
                key={href}
                href={href}
                prefetch={false}
                ref={pathname === href ? current : undefined}
                aria-current={pathname === href ? 'page' : undefined}
                className={cn(
                  'flex min-h-7 items-center rounded-md px-2 py-1 text-muted transition-colors duration-100 hover:bg-hover hover:text-fg',
                  pathname === href && 'bg-active text-fg',
                )}
              >
                {title}
              </Link>
            ))}
          </div>
        ))}
      </nav>
    </div>
  );
}
