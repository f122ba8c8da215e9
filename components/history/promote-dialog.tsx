'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call } from '@/components/data/call';
import { keys, useWorkflow } from '@/components/data/queries';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { toast, toastError } from '@/components/ui/controls/toast';
import { AlertDialog } from '@/components/ui/overlays/alert-dialog';
import { promoteVersion } from '@/lib/workflows/contract';

type Live = number | null | undefined;
type Props = { version: number; live: Live; onClose: () => void };

/** What the timeline offers for former versions, and the dialog that is open for one. */
export function usePromoting(workflowId: string): {
  actions: { live: Live; onPromote?: (version: number) => void };
  dialog: ReactNode;
} {
  const live = useWorkflow(workflowId).data?.liveVersion;
  const mayPublish = useCan('workflows.publish');
  const [version, setVersion] = useState<number>();
  return {
    actions: { live, ...(mayPublish ? { onPromote: setVersion } : {}) },
    dialog:
      version === undefined ? null : (
        <PromoteDialog version={version} live={live} onClose={() => setVersion(undefined)} />
      ),
  };
}

/** Asks before a former version takes the place of the live one. */
function PromoteDialog({ version, live, onClose }: Props) {
  const { workflowId } = useSession();
  const client = useQueryClient();
  const promote = async () => {
    try {
      await call(promoteVersion, {
        params: { id: workflowId, number: version },
        body: live === undefined ? {} : { replaces: live },
      });
      await client.invalidateQueries({ queryKey: [...keys.workflows] });
      toast.success(`Version ${version} is live`);
    } catch (error) {
      toastError('The version was not made live', error);
    }
  };
  const instead = typeof live === 'number' ? ` instead of version ${live}` : '';
  return (
    <AlertDialog
      open
      danger={false}
      onOpenChange={onClose}
      title={`Make version ${version} live again?`}
      description={`Triggers start version ${version}${instead} from now on. The draft is not changed.`}
      confirmLabel="Make live again"
      onConfirm={promote}
    />
  );
}
