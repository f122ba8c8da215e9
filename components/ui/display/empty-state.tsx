import type { ReactNode } from 'react';
import { cn } from '../cn';

type Props = {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
};

/** Nothing is here yet, and this is what to do next. */
export function EmptyState({ icon, title, children, actions, className }: Props) {
  return (
    <div className={cn('flex flex-col items-center px-6 py-14 text-center', className)}>
      {icon ? (
        <div className="mb-3 flex size-9 items-center justify-center rounded-lg border bg-bg text-muted [&_svg]:size-4">
          {icon}
        </div>
      ) : null}
      <h2 className="text-sm font-medium text-fg">{title}</h2>
      {children ? <div className="mt-1 max-w-sm text-sm text-muted">{children}</div> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
