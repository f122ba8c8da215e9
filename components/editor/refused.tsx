'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { ApiError } from '@/components/data/call';
import { useRestoreWorkflow } from '@/components/data/workflow-queries';
import type { RejectedList as RejectedListPart } from '@/components/rejected-edits/rejected-list';
import { useRejectedEdits } from '@/components/rejected-edits/use-rejected-edits';
import { useActor, useCan } from '@/components/shell/actor-context';
import { PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { TimeAgo } from '@/components/ui/display/time-ago';
import { later } from '@/components/ui/later';
import { trashedDetailsSchema } from '@/lib/workflows/trash-contract';

const RejectedList = later<ComponentProps<typeof RejectedListPart>>(
  () => import('@/components/rejected-edits/rejected-list').then((found) => found.RejectedList),
  () => null,
);

type Props = { workflowId: string; gone: boolean; reason?: string | undefined; error: unknown };

/** Instead of the editor: the workflow is not there, lies in the trash, or is not open to this person. */
export function Refused({ workflowId, gone, reason, error }: Props) {
  const rejections = useRejectedEdits(useActor().userId, workflowId);
  const details = ApiError.isInstance(error) ? trashedDetailsSchema.safeParse(error.details) : null;
  const trashed = details?.success ? details.data.trashed : undefined;
  const all = (
    <Button size="sm" asChild>
      <Link href="/workflows">All workflows</Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        parent={{ href: '/workflows', label: 'Workflows' }}
        title={trashed?.name ?? 'Workflow'}
      />
      {trashed ? (
        <EmptyState
          icon={<Trash2 aria-hidden />}
          title="This workflow is in the trash"
          actions={
            <>
              <RestoreButton workflowId={workflowId} />
              {all}
            </>
          }
        >
          {trashed.deletedBy ?? 'Somebody'} moved it there <TimeAgo at={trashed.deletedAt} />.
          Nothing of it is lost until <EndOfStay at={trashed.goesAt} />.
        </EmptyState>
      ) : (
        <ErrorState
          title={gone ? 'Workflow not found' : 'The workflow cannot be opened'}
          actions={all}
        >
          <p className="mt-1 max-w-md text-sm text-muted">
            {gone ? 'It was deleted, or it belongs to another workspace.' : reason}
          </p>
        </ErrorState>
      )}
      {rejections.length > 0 ? (
        <div className="mx-auto w-full max-w-[720px] px-4">
          <RejectedList rejections={rejections} />
        </div>
      ) : null}
    </>
  );
}

function EndOfStay({ at }: { at: string }) {
  const day = new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long' });
  return <time dateTime={at}>{day}</time>;
}

function RestoreButton({ workflowId }: { workflowId: string }) {
  const restore = useRestoreWorkflow();
  const may = useCan('workflows.delete');
  if (!may) return null;
  return (
    <Button
      size="sm"
      variant="primary"
      loading={restore.isPending}
      onClick={() =>
        void restore
          .mutateAsync(workflowId)
          .catch((error: unknown) => toastError('The workflow was not restored', error))
      }
    >
      Restore
    </Button>
  );
}
