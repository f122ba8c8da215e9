'use client';

import { Search } from 'lucide-react';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { Input } from '@/components/ui/controls/input';

const pause = 200;

/** Searches as one types; without scripts it is a plain form. */
export function DocsSearch() {
  const router = useRouter();
  const onSearch = usePathname() === '/docs/search';
  const given = useSearchParams().get('q') ?? '';
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // What was looked for stays while the results are shown, and is gone on the page that one chose.
  useEffect(() => {
    if (!onSearch && input.current) input.current.value = '';
  }, [onSearch]);
  const show = (search: string) => {
    clearTimeout(timer.current);
    if (search.trim() === '') return;
    timer.current = setTimeout(() => {
      const address = `/docs/search?q=${encodeURIComponent(search)}`;
      // One entry in the browser's history for one search, not one for each letter.
      if (onSearch) router.replace(address, { scroll: false });
      else router.push(address);
    }, pause);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> has no place yet in what tests know
    <form action="/docs/search" role="search" className="relative min-w-0 max-w-64 flex-1">
      <Search
        className="pointer-events-none absolute top-2 left-2.5 size-3.5 text-faint"
        aria-hidden
      />
      <Input
        ref={input}
        type="search"
        name="q"
        aria-label="Search the documentation"
        placeholder="Search…"
        autoComplete="off"
        maxLength={100}
        defaultValue={onSearch ? given : ''}
        className="pl-8"
        onChange={(event) => show(event.target.value)}
      />
    </form>
  );
}
