import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/controls/button';

/** A way to the chat page, where the workflow is chosen already. */
export function OpenChat({ id }: { id: string }) {
  return (
    <Button asChild>
      <Link href={`/chat?workflow=${id}`}>
        Open chat <ArrowUpRight aria-hidden />
      </Link>
    </Button>
  );
}
