'use client';

import { Search } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { cn } from '@/components/ui/cn';
import { Input } from '@/components/ui/controls/input';
import { EmptyState } from '@/components/ui/display/empty-state';
import type { Template } from '@/lib/templates/define-template';
import { TemplateCard } from './template-card';
import { templateCards } from './template-cards';
import { TemplateDialog } from './template-dialog';

const cards = templateCards();
const areas = [...new Set(cards.map((card) => card.template.area))].sort();

/** All templates, by the job to be done. */
export function Gallery() {
  const [search, setSearch] = useState('');
  const [area, setArea] = useState<Template['area']>();
  const [chosen, setChosen] = useState<string>();
  const q = useDeferredValue(search.trim().toLowerCase());
  const shown = useMemo(
    () =>
      cards.filter(
        ({ words, template }) =>
          (area === undefined || template.area === area) &&
          q.split(/\s+/).every((word) => words.includes(word)),
      ),
    [q, area],
  );
  const open = cards.find((card) => card.template.name === chosen);
  return (
    <>
      <PageHeader
        parent={{ href: '/workflows', label: 'Workflows' }}
        title="Templates"
        actions={
          <div className="relative">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
            />
            <Input
              type="search"
              aria-label="Search templates"
              placeholder="Search…"
              fieldSize="sm"
              className="w-44 pl-7"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </div>
        }
      />
      <PageBody>
        <div className="mx-auto w-full max-w-6xl px-4 py-4">
          <fieldset className="mb-4 flex flex-wrap gap-1">
            <legend className="sr-only">Area</legend>
            {[undefined, ...areas].map((one) => (
              <button
                key={one ?? 'all'}
                type="button"
                aria-pressed={area === one}
                onClick={() => setArea(one)}
                className={cn(
                  'h-7 rounded-md px-2.5 text-sm text-muted transition-colors duration-100 hover:bg-hover hover:text-fg',
                  area === one && 'bg-hover font-medium text-fg',
                )}
              >
                {one ?? 'All'}
              </button>
            ))}
          </fieldset>
          {shown.length === 0 ? (
            <EmptyState
              icon={<Search aria-hidden />}
              title={`No template matches “${search.trim()}”`}
            />
          ) : (
            <ul
              aria-label="Templates"
              className="grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] gap-3"
            >
              {shown.map((card) => (
                <TemplateCard key={card.template.name} card={card} onOpen={setChosen} />
              ))}
            </ul>
          )}
        </div>
      </PageBody>
      {open ? <TemplateDialog card={open} onClose={() => setChosen(undefined)} /> : null}
    </>
  );
}
