import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { ManualPage as Page, Section } from '@/lib/manual/read-page';
import type { DocsItem } from './docs-groups';
import { ManualBlocks } from './manual-blocks';
import type { Pictures } from './manual-picture';

type Props = {
  page: Page;
  pictures: Pictures;
  before: DocsItem | undefined;
  after: DocsItem | undefined;
};

/** A page of the manual with its contents, and the pages before and after it. */
export function ManualPage({ page, pictures, before, after }: Props) {
  const headings = page.sections.filter(({ depth }) => depth === 2);
  return (
    <div className="mx-auto flex w-full max-w-[1080px] gap-10 px-5 py-8 sm:px-8">
      <article className="min-w-0 max-w-[760px] flex-1 text-base">
        <p className="text-xs text-faint">{page.group}</p>
        <h1 className="text-xl font-semibold tracking-[-0.015em]">{page.title}</h1>
        <p className="mt-1.5 max-w-[64ch] text-muted">{page.summary}</p>
        {headings.length > 1 ? (
          <details className="mt-5 rounded-lg border px-3 py-2 text-sm xl:hidden">
            <summary className="font-medium">On this page</summary>
            <Contents sections={headings} />
          </details>
        ) : null}
        <div className="mt-7 space-y-9">
          {page.sections.map((section) => (
            <Part key={section.anchor} section={section} pictures={pictures} />
          ))}
        </div>
        <nav aria-label="Before and after" className="mt-12 grid gap-3 sm:grid-cols-2">
          {before ? <Neighbour item={before} /> : <span />}
          {after ? <Neighbour item={after} next /> : null}
        </nav>
      </article>
      <aside
        aria-label="On this page"
        className="sticky top-20 hidden max-h-[calc(100dvh-6rem)] w-52 shrink-0 self-start overflow-y-auto text-sm xl:block"
      >
        {headings.length > 1 ? (
          <>
            <h2 className="text-2xs font-medium text-faint">On this page</h2>
            <Contents sections={headings} />
          </>
        ) : null}
      </aside>
    </div>
  );
}

function Part({ section, pictures }: { section: Section; pictures: Pictures }) {
  const { anchor, title, depth, blocks } = section;
  if (anchor === '' && blocks.length === 0) return null;
  const Heading = depth === 2 ? 'h2' : 'h3';
  return (
    <section id={anchor || undefined} className="scroll-mt-16 space-y-3.5">
      {title ? (
        <Heading
          className={`font-semibold tracking-[-0.01em] ${depth === 2 ? 'text-lg' : 'text-base'}`}
        >
          <a href={`#${anchor}`} className="hover:underline hover:underline-offset-4">
            {title}
          </a>
        </Heading>
      ) : null}
      <ManualBlocks blocks={blocks} pictures={pictures} />
    </section>
  );
}

function Contents({ sections }: { sections: readonly Section[] }) {
  return (
    <ul className="mt-1.5 space-y-1">
      {sections.map(({ anchor, title }) => (
        <li key={anchor}>
          <a href={`#${anchor}`} className="rounded-sm text-muted hover:text-fg hover:underline">
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Neighbour({ item, next }: { item: DocsItem; next?: boolean }) {
  return (
    <Link
      href={item.href}
      rel={next ? 'next' : 'prev'}
      className={`flex items-center gap-2 rounded-lg border px-3.5 py-2.5 hover:border-border-strong hover:bg-hover ${next ? 'justify-end text-right' : ''}`}
    >
      {next ? null : <ArrowLeft className="size-4 text-faint" aria-hidden />}
      <span className="min-w-0">
        <span className="block text-2xs text-faint">{next ? 'Next' : 'Previous'}</span>
        <span className="block truncate">{item.title}</span>
      </span>
      {next ? <ArrowRight className="size-4 text-faint" aria-hidden /> : null}
    </Link>
  );
}
