'use client';

import { Building2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/controls/button';
import { EmptyState } from '@/components/ui/display/empty-state';
import { CreateWorkspace } from './create-workspace';

/** For somebody who is signed in but belongs to no workspace (any more). */
export function NoWorkspace() {
  const [creating, setCreating] = useState(false);
  return (
    <main className="flex h-dvh items-center justify-center">
      <EmptyState
        icon={<Building2 aria-hidden />}
        title="You are not in a workspace"
        actions={
          <Button variant="primary" onClick={() => setCreating(true)}>
            Create a workspace
          </Button>
        }
      >
        Open an invitation link, or create your own workspace.
      </EmptyState>
      <CreateWorkspace open={creating} onOpenChange={setCreating} />
    </main>
  );
}
