import type { ReactNode } from 'react';

/** The frame of pages for people without an account: one column, nothing of the product around it. */
export function VisitorFrame({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 py-6 sm:py-12">
      <div className="w-full max-w-[600px] rounded-xl border bg-surface px-5 py-6 sm:px-8 sm:py-8">
        {children}
      </div>
      {foot ? <p className="mt-4 max-w-[560px] text-center text-xs text-faint">{foot}</p> : null}
    </main>
  );
}

/** In place of what a link does not show. */
export function VisitorNotice({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <VisitorFrame>
      <h1 className="text-xl font-semibold tracking-[-0.015em] text-balance">{title}</h1>
      <div className="mt-2 text-base text-muted text-pretty">{children}</div>
    </VisitorFrame>
  );
}
