'use client';

import { useCreatePool } from '@/components/data/message-queries';
import { NameDialog } from '@/components/records/name-dialog';

type Props = { onMade: (id: string) => void; onClose: () => void };

/** Names a mailbox from which whoever is free takes the next message. */
export function NewPool({ onMade, onClose }: Props) {
  return (
    <NameDialog
      title="New pool"
      hint="Whoever is free takes the next message of a pool. Agents and people have mailboxes already."
      create={useCreatePool()}
      onMade={({ id }) => onMade(id)}
      onClose={onClose}
    />
  );
}
