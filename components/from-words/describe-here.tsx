'use client';

import { useState } from 'react';
import { useSession } from '@/components/session/session';
import { Dialog } from '@/components/ui/overlays/dialog';
import { keepAssumed } from './assumed';
import { DescribeForm } from './describe-form';
import { type FromWords, useDescribe } from './use-describe';
import type { Variant } from './variant-card';
import { VariantList } from './variants-later';

/** Fills the empty draft that is open out of a description, in the variant that is chosen: one step to undo. */
export function DescribeHere() {
  const { actions, workflowId } = useSession();
  const [made, setMade] = useState<FromWords>();
  const take = (from: FromWords, variant: Variant) => {
    setMade(undefined);
    describing.forget();
    keepAssumed(workflowId, from, variant);
    actions.insertWorkflow(variant.definition);
  };
  const describing = useDescribe((found) => {
    const [only, ...others] = found.variants;
    if (only !== undefined && others.length === 0) take(found, only);
    else setMade(found);
  });
  return (
    <>
      <DescribeForm describing={describing} verb="Draft it" />
      {made === undefined ? null : (
        <Dialog
          open
          onOpenChange={() => setMade(undefined)}
          title="Choose a variant"
          description={made.name}
          size="xl"
        >
          <VariantList made={made} pending={false} onTake={(variant) => take(made, variant)} />
        </Dialog>
      )}
    </>
  );
}
