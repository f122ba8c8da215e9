import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';
import { AuthPicture } from './auth-picture';

type Props = {
  title: string;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  children?: ReactNode;
  /** Below the form, quiet. */
  foot?: ReactNode;
};

/** The frame of the pages before one is signed in: the form, and beside it what the product is about. */
export function AuthFrame({ title, lead, children, foot }: Props) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(440px,5fr)_7fr]">
      <main className="flex flex-col px-6 py-6 sm:px-10">
        <div className="flex items-center gap-2 text-sm font-semibold tracking-[-0.01em]">
          <Logo size={22} /> Ensemble
        </div>
        <div className="mx-auto flex w-full max-w-[360px] flex-1 flex-col justify-center py-10">
          <h1 className="text-xl font-semibold tracking-[-0.015em] text-balance">{title}</h1>
          {lead ? <p className="mt-1.5 text-base text-muted text-pretty">{lead}</p> : null}
          <div className="mt-6">{children}</div>
          {foot ? <div className="mt-6 text-sm text-muted">{foot}</div> : null}
        </div>
      </main>
      <aside
        aria-hidden
        className="m-2 ml-0 hidden items-center justify-center overflow-hidden rounded-lg border bg-surface lg:flex"
      >
        <AuthPicture />
      </aside>
    </div>
  );
}
