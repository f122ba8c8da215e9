import type { ReactNode } from 'react';
import { HelpLink } from '@/components/ui/controls/help-link';

/** One page of the settings: a title, a sentence, and its parts. */
export function SettingsPage({
  title,
  description,
  help,
  actions,
  children,
}: {
  title: string;
  description?: ReactNode;
  /** The page of the manual that explains it. */
  help: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-[760px] px-4 py-6 sm:px-8 sm:py-8">
      <div className="mb-6 flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <div className="flex items-center gap-2">
            <h2 className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
            <HelpLink href={help} what={title} page />
          </div>
          {description ? <p className="mt-0.5 text-muted">{description}</p> : null}
        </div>
        {actions}
      </div>
      <div className="space-y-8">{children}</div>
    </div>
  );
}

/** A part of a settings page, in a box of hairlines. */
export function SettingsSection({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section>
      {title ? <h3 className="mb-2 text-sm font-medium">{title}</h3> : null}
      <div className="divide-y rounded-lg border">{children}</div>
    </section>
  );
}

/** One setting: its name and what it does on the left, its control on the right. */
export function SettingsRow({
  title,
  description,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
      <div className="min-w-48 flex-1">
        <div className="font-medium">{title}</div>
        {description ? <div className="text-xs text-muted">{description}</div> : null}
      </div>
      {children}
    </div>
  );
}
