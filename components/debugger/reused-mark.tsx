import { History } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/display/badge';

/** A step's result was taken over from an earlier run: which. */
export function ReusedMark({ from }: { from: string }) {
  return (
    <Link href={`/runs/${from}`} className="rounded-sm">
      <Badge title="This step did not run again: its result was reused.">
        <History aria-hidden /> from run {from.slice(0, 8)}
      </Badge>
    </Link>
  );
}
