'use client';

import { Sparkles } from 'lucide-react';
import { useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { ContextMenuItem } from '@/components/ui/overlays/context-menu';

/** Opens the chat beside the canvas, where an agent is asked to change what is selected, or the workflow. */
export function AskItem() {
  const { actions } = useSession();
  if (!useCan('workflows.suggest')) return null;
  return (
    <ContextMenuItem onSelect={() => actions.askForChanges()}>
      <Sparkles /> Ask an agent to change this
    </ContextMenuItem>
  );
}
