'use client';

import { useSession } from '@/components/session/session';
import { keepAssumed } from './assumed';
import { DescribeForm } from './describe-form';
import { useDescribe } from './use-describe';

/** Fills the empty draft that is open out of a description: one step to undo. */
export function DescribeHere() {
  const { actions, workflowId } = useSession();
  const describing = useDescribe({ create: false }, (made) => {
    keepAssumed(workflowId, made);
    actions.insertWorkflow(made.definition);
  });
  return <DescribeForm describing={describing} verb="Draft it" />;
}
