'use client';

import { useEffect, useState } from 'react';
import { useRefreshService } from '@/components/data/service-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ConnectionUse } from '@/lib/connections/contract';
import type { Service } from '@/lib/services/contract';
import { Changes } from './changes';
import { FileChoice } from './file-choice';

type Props = { service: Service; uses: readonly ConnectionUse[]; onClose: () => void };

/** Reads the description of a service anew: shows first what would change. */
export function RefreshService({ service, uses, onClose }: Props) {
  const { id, url } = service;
  const [file, setFile] = useState<{ name: string; text: string }>();
  const check = useRefreshService();
  const refresh = useRefreshService();
  const { mutate: look } = check;
  const document = file?.text;
  useEffect(() => {
    if (url !== null || document !== undefined) {
      look({ id, check: true, ...(document === undefined ? {} : { document }) });
    }
  }, [look, id, url, document]);
  const changes = check.data?.changes;
  const take = () =>
    refresh.mutate(
      { id, check: false, ...(document === undefined ? {} : { document }) },
      {
        onSuccess: () => {
          toast.success(`${service.name} was refreshed`);
          onClose();
        },
      },
    );
  const error = refresh.error ?? check.error;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={`Refresh ${service.name}`}
      description={url ?? 'It was added from a file: choose the new one.'}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            disabled={changes === undefined || changes.same}
            loading={refresh.isPending}
            onClick={take}
          >
            Take the new description
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {url === null ? <FileChoice file={file} onChoose={setFile} /> : null}
        {check.isPending ? (
          <p role="status" className="text-sm text-muted">
            Reading the document…
          </p>
        ) : null}
        {error ? (
          <div role="alert" className="text-sm text-danger">
            {error.message} Nothing was changed.
          </div>
        ) : null}
        {changes === undefined || check.isPending ? null : (
          <Changes changes={changes} uses={uses} />
        )}
      </div>
    </Dialog>
  );
}
