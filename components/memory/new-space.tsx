'use client';

import { useCreateSpace } from '@/components/data/memory-queries';
import { NameDialog } from '@/components/records/name-dialog';

type Props = { onMade: (key: string) => void; onClose: () => void };

/** Names a shared memory. */
export function NewSpace({ onMade, onClose }: Props) {
  return (
    <NameDialog
      title="New memory"
      hint="Steps and agents name it so. Those of agents, workflows and chats begin by themselves."
      create={useCreateSpace()}
      onMade={({ key }) => onMade(key)}
      onClose={onClose}
    />
  );
}
