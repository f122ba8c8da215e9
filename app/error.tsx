'use client';

import { PageError, type PageErrorProps } from '@/components/shell/page-error';

export default function ErrorPage(props: PageErrorProps) {
  return (
    <main className="flex min-h-full items-center justify-center">
      <PageError {...props} />
    </main>
  );
}
