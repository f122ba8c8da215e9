'use client';

import { ShieldCheck } from 'lucide-react';
import { useActivity } from '@/components/data/history-queries';
import { Avatar } from '@/components/icons/avatar';
import { useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { ErrorState } from '@/components/ui/display/error-state';
import { SkeletonRows } from '@/components/ui/display/skeleton';
import { TimeAgo } from '@/components/ui/display/time-ago';

const verbs: Record<string, string> = {
  'workflow.created': 'created the workflow',
  'workflow.replaced': 'replaced the draft through the API',
  'workflow.published': 'published',
  'workflow.unpublished': 'unpublished',
  'workflow.promoted': 'made live again',
  'workflow.restored': 'restored',
  'workflow.revision_named': 'named a version',
  'workflow.revision_deleted': 'deleted a named version',
  'workflow.exported': 'exported the draft',
  'workflow.deleted': 'moved the workflow to the trash',
  'workflow.undeleted': 'restored the workflow from the trash',
};

const versionActions: ReadonlySet<string> = new Set([
  'workflow.published',
  'workflow.unpublished',
  'workflow.promoted',
]);

function sentenceOf(action: string, detail: Record<string, unknown>): string {
  const verb = verbs[action] ?? action.replace(/^workflow\./, '').replace(/[._]/g, ' ');
  if (versionActions.has(action)) return `${verb} version ${String(detail.version)}`;
  if (action === 'workflow.restored') {
    return detail.version === undefined
      ? `${verb} an earlier state`
      : `${verb} version ${String(detail.version)}`;
  }
  if (typeof detail.name === 'string' && action.includes('revision')) {
    return `${verb}: ${detail.name}`;
  }
  return typeof detail.format === 'string' ? `${verb} as ${detail.format.toUpperCase()}` : verb;
}

/** What was done to the workflow as a whole, from the audit trail, which only grows. */
export function ActivityList() {
  const { workflowId } = useSession();
  const activity = useActivity(workflowId);
  const { data, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    activity;
  if (isPending) return <SkeletonRows rows={5} />;
  if (error) {
    return (
      <ErrorState
        title="The audit trail could not be loaded"
        error={error}
        onRetry={() => void refetch()}
      />
    );
  }
  const lines = data.pages.flatMap((page) => page.items);
  if (lines.length === 0) {
    return (
      <EmptyState icon={<ShieldCheck />} title="No actions yet">
        Publishing, restoring, locking and exporting are recorded here permanently.
      </EmptyState>
    );
  }
  return (
    <>
      <ul aria-label="Audit trail" className="py-1">
        {lines.map(({ id, at, by, action, detail }) => (
          <li key={id} className="flex gap-2.5 px-4 py-2 text-sm">
            <Avatar name={by?.name ?? '?'} {...(by ? { id: by.id } : {})} />
            <p className="min-w-0 flex-1 break-words">
              <span className="font-medium">{by?.name ?? 'Someone'}</span>{' '}
              <span className="text-muted">{sentenceOf(action, detail)}</span>
            </p>
            <TimeAgo at={at} className="shrink-0 text-xs leading-5 text-faint tabular" />
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <div className="flex justify-center pb-4">
          <Button
            size="sm"
            variant="ghost"
            loading={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Show earlier
          </Button>
        </div>
      ) : null}
    </>
  );
}
