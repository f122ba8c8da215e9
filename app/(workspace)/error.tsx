'use client';

import { PageError, type PageErrorProps } from '@/components/shell/page-error';
import { PageHeader } from '@/components/shell/page-header';

/** Inside the frame: the sidebar, and on a phone the menu button, stay. */
export default function WorkspaceErrorPage(props: PageErrorProps) {
  return (
    <>
      <PageHeader title="Error" />
      <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto">
        <PageError {...props} />
      </div>
    </>
  );
}
