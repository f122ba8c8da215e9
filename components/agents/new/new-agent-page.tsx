'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useSaveAgent } from '@/components/data/queries';
import { useCan } from '@/components/shell/actor-context';
import { PageBody, PageHeader } from '@/components/shell/page-header';
import { Button } from '@/components/ui/controls/button';
import { toast } from '@/components/ui/controls/toast';
import type { DraftedAgent } from '@/lib/agents/draft/contract';
import type { AgentInput } from '@/lib/agents/schema';
import { AgentForm, emptyAgent } from '../agent-form';
import { DescribeAgent } from './describe-agent';
import { DraftNote } from './draft-note';
import { RightsSheet } from './rights-sheet';
import { TryDraft } from './try-draft';

const parent = { href: '/agents', label: 'Agents' };

/** A new agent: out of a sentence, tried and checked before it is there, or written by hand. */
export function NewAgentPage() {
  const editable = useCan('agents.edit');
  const [byHand, setByHand] = useState(false);
  const [drafted, setDrafted] = useState<DraftedAgent>();
  return (
    <>
      <PageHeader title="New agent" parent={parent} />
      <PageBody className="p-6">
        {drafted ? (
          <Draft drafted={drafted} onAgain={() => setDrafted(undefined)} />
        ) : byHand || !editable ? (
          <Creating initial={emptyAgent} editable={editable} />
        ) : (
          <div className="max-w-[680px] space-y-4">
            <DescribeAgent onDrafted={setDrafted} />
            <p className="text-sm text-muted">
              Or{' '}
              <Button size="sm" onClick={() => setByHand(true)}>
                Write it yourself
              </Button>
            </p>
          </div>
        )}
      </PageBody>
    </>
  );
}

function Draft({ drafted, onAgain }: { drafted: DraftedAgent; onAgain: () => void }) {
  const [agent, setAgent] = useState(drafted.agent);
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,680px)_minmax(320px,1fr)]">
      <div className="min-w-0 space-y-6">
        <DraftNote drafted={drafted} onAgain={onAgain} />
        <Creating initial={drafted.agent} editable checked onChange={setAgent} />
      </div>
      <TryDraft agent={agent} examples={drafted.examples} />
    </div>
  );
}

type CreatingProps = {
  initial: AgentInput;
  editable: boolean;
  /** What it may do is shown before it is created. */
  checked?: boolean;
  onChange?: (agent: AgentInput) => void;
};

function Creating({ initial, editable, checked, onChange }: CreatingProps) {
  const router = useRouter();
  const save = useSaveAgent();
  const [asking, setAsking] = useState<AgentInput>();
  const create = (agent: AgentInput) =>
    save.mutate(
      { agent },
      {
        onSuccess: ({ id, name }) => {
          toast.success(`${name} was created`);
          router.push(`/agents/${id}`);
        },
        onError: () => setAsking(undefined),
      },
    );
  return (
    <>
      <AgentForm
        isNew
        initial={initial}
        editable={editable}
        pending={save.isPending}
        {...(save.error ? { error: save.error.message } : {})}
        submitLabel={checked ? 'Review and create…' : 'Create agent'}
        {...(onChange ? { onChange } : {})}
        onSubmit={checked ? setAsking : create}
      />
      {asking ? (
        <RightsSheet
          agent={asking}
          pending={save.isPending}
          onClose={() => setAsking(undefined)}
          onCreate={() => create(asking)}
        />
      ) : null}
    </>
  );
}
