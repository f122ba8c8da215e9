import { Compass } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';

export const metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <main className="flex min-h-full items-center justify-center">
      <EmptyState
        icon={<Compass aria-hidden />}
        title="Page not found"
        actions={
          <Button asChild>
            <Link href="/">Go to the dashboard</Link>
          </Button>
        }
      >
        It may have been deleted, or the link may be incomplete.
      </EmptyState>
    </main>
  );
}
