'use client';

import { useRouter } from 'next/navigation';
import { Dialog } from '@/components/ui/overlays/dialog';
import { keepAssumed } from './assumed';
import { DescribeForm } from './describe-form';
import { useDescribe } from './use-describe';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  folder: string | undefined;
};

/** Makes a workflow out of a description, and opens it. */
export function DescribeDialog({ open, ...rest }: Props) {
  return open ? <Opened {...rest} /> : null;
}

function Opened({ onOpenChange, folder }: Omit<Props, 'open'>) {
  const router = useRouter();
  const describing = useDescribe({ create: true, folder }, (made) => {
    if (made.id === null) return;
    keepAssumed(made.id, made);
    onOpenChange(false);
    router.push(`/workflows/${made.id}`);
  });
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="New workflow"
      description="A draft is made, checked and opened. Nothing runs before you run or publish it."
    >
      <DescribeForm describing={describing} verb="Create draft" autoFocus />
    </Dialog>
  );
}
