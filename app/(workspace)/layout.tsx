import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { ActorProvider } from '@/components/shell/actor-context';
import { NoWorkspace } from '@/components/shell/no-workspace';
import { Shell } from '@/components/shell/shell';
import { isAppError } from '@/lib/api/errors';
import { readActor } from '@/server/people/read-actor';
import { readSetUp } from '@/server/people/set-up-owner';
import { readTour, readWorkspace } from '@/server/people/workspaces';
import { services } from '@/server/services';

/** The actor of this request, or the reason why there is none. */
async function whoIsLooking() {
  // Read first: it tells Next that the page cannot be made at build time, where there are no services.
  const requestHeaders = await headers();
  try {
    return await readActor(services(), { headers: requestHeaders });
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const actor = await whoIsLooking();
  if (actor === 'forbidden' || actor === 'not_found') return <NoWorkspace />;
  if (typeof actor === 'string') {
    redirect((await readSetUp(services())).needed ? '/setup' : '/sign-in');
  }
  const [workspace, tour, jar] = await Promise.all([
    readWorkspace(services(), actor),
    readTour(services(), actor.userId),
    cookies(),
  ]);
  return (
    <ActorProvider actor={actor}>
      <Shell
        workspaceName={workspace.name}
        tour={tour}
        initiallyCollapsed={jar.get('sidebar')?.value === 'rail'}
      >
        {children}
      </Shell>
    </ActorProvider>
  );
}
