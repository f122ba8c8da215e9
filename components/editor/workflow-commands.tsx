'use client';

import { CopyPlus, FileDown } from 'lucide-react';
import { pathOf } from '@/components/data/call';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { type PageCommand, useOfferCommands } from '@/components/shell/page-commands';
import { useDuplicate } from '@/components/workflows/use-duplicate';
import { exportWorkflow } from '@/lib/workflows/contract';

const group = 'This workflow';

/** Offers in the command palette what can be done with the workflow as a whole. Renders nothing. */
export function WorkflowCommands() {
  const { workflowId: id } = useSession();
  const name = useGraph((graph) => graph.name);
  const canEdit = useCan('workflows.edit');
  const duplicate = useDuplicate(false);
  useOfferCommands(() => {
    const files = (['json', 'yaml'] as const).map(
      (format): PageCommand => ({
        group,
        label: `Export as ${format.toUpperCase()}`,
        words: 'download save file',
        icon: <FileDown />,
        run: () =>
          window.location.assign(pathOf(exportWorkflow, { params: { id }, query: { format } })),
      }),
    );
    const copy: PageCommand = {
      group,
      label: 'Duplicate the workflow',
      words: 'copy clone',
      icon: <CopyPlus />,
      run: () => void duplicate({ id, name }),
    };
    return canEdit ? [copy, ...files] : files;
  });
  return null;
}
