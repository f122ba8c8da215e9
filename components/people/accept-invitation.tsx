'use client';

import { call } from '@/components/data/call';
import { useMutation } from '@/components/data/mutation/mutation';
import { signOut } from '@/components/data/sign-in';
import { Button } from '@/components/ui/controls/button';
import { acceptInvitation } from '@/lib/people/contract';
import { FormError } from './fields/form-error';

/** For somebody who is signed in with the invited e-mail. */
export function AcceptInvitation({ id, workspaceName }: { id: string; workspaceName: string }) {
  const accept = useMutation({
    mutationFn: () => call(acceptInvitation, { params: { id } }),
    onSuccess: () => window.location.assign('/'),
  });
  return (
    <div className="space-y-4">
      <FormError>{accept.error?.message}</FormError>
      <Button
        variant="primary"
        className="h-9 w-full"
        loading={accept.isPending || accept.isSuccess}
        onClick={() => accept.mutate()}
      >
        Join {workspaceName}
      </Button>
    </div>
  );
}

/** For somebody who is signed in with another e-mail: signs out and shows the invitation anew. */
export function SignOutFirst() {
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => window.location.reload() });
  return (
    <div className="space-y-4">
      <FormError>{leave.error?.message}</FormError>
      <Button
        className="h-9 w-full"
        loading={leave.isPending || leave.isSuccess}
        onClick={() => leave.mutate()}
      >
        Sign out and continue
      </Button>
    </div>
  );
}
