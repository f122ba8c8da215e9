'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef } from 'react';
import { type SignInAnswer, useFinishSignIn } from '@/components/data/connection-queries';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import { Spinner } from '@/components/ui/spinner';
import { SettingsPage } from './settings-section';

const home = '/settings/connections';

/** Where a provider sends people back: gives its answer to the server once, and leaves nothing of it in the address. */
export function SignInCallback() {
  const router = useRouter();
  const finish = useFinishSignIn();
  const begun = useRef(false);
  const end = useEffectEvent(() => {
    if (begun.current) return;
    begun.current = true;
    const answer = answerIn(window.location.search);
    window.history.replaceState(null, '', `${home}/callback`);
    if (answer === undefined) {
      router.replace(home);
      return;
    }
    finish.mutate(answer, {
      onSuccess: ({ name }) => {
        toast.success(`Signed in to ${name}`);
        router.replace(home);
      },
    });
  });
  useEffect(() => end(), []);
  return (
    <SettingsPage
      title="Connections"
      description="Signing in to a service."
      help="/docs/connections#oauth"
    >
      {finish.error ? (
        <div className="space-y-3">
          <p role="alert" className="text-danger">
            {finish.error.message}
          </p>
          <Button onClick={() => router.replace(home)}>Back to connections</Button>
        </div>
      ) : (
        <p role="status" className="flex items-center gap-2 text-muted">
          <Spinner /> Signing in…
        </p>
      )}
    </SettingsPage>
  );
}

function answerIn(search: string): SignInAnswer | undefined {
  const given = new URLSearchParams(search);
  const state = given.get('state');
  if (state === null || state === '') return undefined;
  const [code, iss] = [given.get('code'), given.get('iss')];
  const error = given.get('error_description') ?? given.get('error');
  return {
    state,
    ...(code === null ? {} : { code }),
    ...(iss === null ? {} : { iss }),
    ...(error === null ? {} : { error }),
  };
}
