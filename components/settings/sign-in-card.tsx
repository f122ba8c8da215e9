'use client';

import { LogIn } from 'lucide-react';
import { useBeginSignIn } from '@/components/data/connection-queries';
import { Button } from '@/components/ui/controls/button';
import { toastError } from '@/components/ui/controls/toast';
import { TimeAgo } from '@/components/ui/display/time-ago';
import type { Connection } from '@/lib/connections/contract';

type Props = { connection: Connection; canManage: boolean };

/** Whether somebody is signed in to a connection, and how to sign in where nobody is any more. */
export function SignInCard({ connection: { id, name, signIn }, canManage }: Props) {
  const begin = useBeginSignIn();
  if (signIn === null) return null;
  const go = () =>
    begin.mutate(id, {
      onSuccess: ({ url }) => window.location.assign(url),
      onError: (error) => toastError('The sign-in could not be begun', error),
    });
  if (signIn.state === 'ok') {
    return (
      <span className="block">
        signed in {signIn.signedInAt === null ? null : <TimeAgo at={signIn.signedInAt} />}
        {canManage ? (
          <>
            {' · '}
            <button type="button" className="text-accent hover:underline" onClick={go}>
              Sign in anew
            </button>
          </>
        ) : null}
      </span>
    );
  }
  const again = signIn.state === 'again';
  return (
    <span
      role="status"
      className="mt-2 flex items-center justify-between gap-3 rounded-md border bg-warning-soft px-3 py-2 text-fg"
    >
      <span>
        <strong className="block font-medium">
          {again ? 'Sign in again' : 'Not signed in yet'}
        </strong>
        <span className="text-muted">
          {again
            ? `The provider no longer accepts the sign-in${signIn.problem ? ` (${signIn.problem})` : ''}. Steps that use it fail until then.`
            : 'Steps that use it fail until somebody signs in.'}
        </span>
      </span>
      {canManage ? (
        <Button
          size="sm"
          variant="primary"
          loading={begin.isPending}
          aria-label={`Sign in to ${name}`}
          onClick={go}
        >
          <LogIn aria-hidden /> Sign in
        </Button>
      ) : null}
    </span>
  );
}
