import { cn } from '../cn';

/** A grey stand-in of the size of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={cn('block animate-breathe rounded-sm bg-hover', className)} />
  );
}

const widths = ['w-48', 'w-64', 'w-40', 'w-56', 'w-44', 'w-60', 'w-52', 'w-36'];

/** Rows of a list that is loading; at most eight. */
export function SkeletonRows({ rows = 6, className }: { rows?: number; className?: string }) {
  return (
    <div role="status" aria-label="Loading" className={className}>
      {widths.slice(0, rows).map((width) => (
        <div key={width} className="flex h-11 items-center gap-3 border-b px-4 last:border-b-0">
          <Skeleton className="size-3.5 rounded-full" />
          <Skeleton className={cn('h-3', width)} />
          <Skeleton className="ml-auto h-3 w-16" />
          <Skeleton className="h-3 w-12" />
        </div>
      ))}
    </div>
  );
}
