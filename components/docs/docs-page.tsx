import type { ReactNode } from 'react';

/** A page of the documentation: a title, a lead, and its parts. */
export function DocsPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <article className="mx-auto w-full max-w-[860px] px-5 py-8 sm:px-8">
      <h1 className="text-xl font-semibold tracking-[-0.015em]">{title}</h1>
      {lead ? <p className="mt-1.5 max-w-[64ch] text-base text-muted">{lead}</p> : null}
      <div className="mt-8 space-y-12">{children}</div>
    </article>
  );
}

/** A part of a page with a heading that can be linked to. */
export function DocsSection({
  id,
  title,
  children,
}: {
  id: string;
  title: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} className="scroll-mt-16 space-y-4">
      <h2 className="text-lg font-semibold tracking-[-0.01em]">
        <a href={`#${id}`} className="hover:underline hover:underline-offset-4">
          {title}
        </a>
      </h2>
      {children}
    </section>
  );
}
