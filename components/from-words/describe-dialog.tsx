'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCreateWorkflow } from '@/components/data/queries';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import { keepAssumed } from './assumed';
import { DescribeForm } from './describe-form';
import { type FromWords, useDescribe } from './use-describe';
import type { Variant } from './variant-card';
import { VariantList } from './variants-later';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  folder: string | undefined;
};

/** Makes a workflow out of a description, in the variant that somebody chooses, and opens it. */
export function DescribeDialog({ open, ...rest }: Props) {
  return open ? <Opened {...rest} /> : null;
}

function Opened({ onOpenChange, folder }: Omit<Props, 'open'>) {
  const router = useRouter();
  const creation = useCreateWorkflow();
  const [made, setMade] = useState<FromWords>();
  const take = async (from: FromWords, variant: Variant) => {
    try {
      const { id } = await creation.mutateAsync({ body: variant.definition, folder });
      keepAssumed(id, from, variant);
      describing.forget();
      onOpenChange(false);
      router.push(`/workflows/${id}`);
    } catch (error) {
      toastError('The workflow was not created', error);
    }
  };
  const describing = useDescribe((found) => {
    const [only, ...others] = found.variants;
    if (only !== undefined && others.length === 0) void take(found, only);
    else setMade(found);
  });
  if (made === undefined) {
    return (
      <Dialog
        open
        onOpenChange={onOpenChange}
        title="New workflow"
        description="A draft is made, checked and rehearsed, in up to three variants. Nothing runs before you run or publish it."
      >
        <DescribeForm
          describing={describing}
          taking={creation.isPending}
          verb="Create draft"
          autoFocus
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Choose a variant"
      description={made.name}
      size="xl"
      footer={<Button onClick={() => setMade(undefined)}>Back to the description</Button>}
    >
      <VariantList
        made={made}
        pending={creation.isPending}
        onTake={(variant) => void take(made, variant)}
      />
    </Dialog>
  );
}
