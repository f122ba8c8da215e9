import { Skeleton } from '@/components/ui/display/skeleton';

/** In the place of a list that is on its way. */
export function TriggersLoading() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      {['a', 'b', 'c'].map((row) => (
        <Skeleton key={row} className="h-12" />
      ))}
    </div>
  );
}
