'use client';

import { ChevronDown, ChevronUp, FlaskConical, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { useCancelRun, useRuns } from '@/components/data/queries';
import { isOver, StatusText } from '@/components/runs/run-marks';
import { useCanEdit, useNodeProblems, useSession } from '@/components/session/session';
import { touch } from '@/components/session/state/to-do';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { IconButton } from '@/components/ui/controls/icon-button';
import { toastError } from '@/components/ui/controls/toast';
import type { DraftNode } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { configProblems } from '@/lib/workflows/config-problems';
import type { Problem } from '@/lib/workflows/schema';
import { TestDialog } from './test-dialog';
import { TestResult } from './test-result';
import { useTestStep } from './use-test-step';

/** At the foot of a step's settings: runs the step alone, and shows its last test to everybody who has it open. */
export function TestStep({ node }: { node: DraftNode }) {
  const type = typeOf(node.type);
  if (type === undefined || type.accepts === false) return null;
  return <Bar node={node} />;
}

/** What has to be put right before a step can run, each sentence once: its settings as they are at this moment. */
function wrongWith({ type, config }: DraftNode, errors: readonly Problem[]): string[] {
  const known = typeOf(type);
  const now = known ? configProblems(known, config) : [];
  return [...new Set([...now, ...errors].map(({ message }) => message))];
}

function Bar({ node }: { node: DraftNode }) {
  const session = useSession();
  const { workflowId } = session;
  const canEdit = useCanEdit();
  const mayRun = useCan('runs.start') && canEdit;
  const mayCancel = useCan('runs.cancel');
  const test = useTestStep(node.id);
  const cancel = useCancelRun();
  const errors = useNodeProblems(node.id).filter(({ severity }) => severity === 'error');
  const last = useRuns({ workflowId, only: node.id, limit: 1 }).data?.pages[0]?.items[0];
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<{ messages: string[]; config: unknown }>();
  const going = last !== undefined && !isOver(last.status);
  if (!mayRun && last === undefined) return null;
  const start = async () => {
    const messages = wrongWith(node, errors);
    setRefused(messages.length > 0 ? { messages, config: node.config } : undefined);
    if (messages.length > 0) {
      touch(session.local, node.id, '*');
      return;
    }
    setOpen(true);
    await test.request();
  };
  return (
    <section
      aria-label="Test of this step"
      className="sticky bottom-0 z-10 -mx-4 mt-auto -mb-4 border-t bg-surface"
    >
      {refused && refused.config === node.config ? (
        <div role="alert" className="border-b px-4 py-2 text-xs text-danger">
          <p className="font-medium">Complete the settings first:</p>
          <ul>
            {refused.messages.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </div>
      ) : null}
      {open && last ? <TestResult run={last} node={node} /> : null}
      <div className="flex h-11 items-center gap-2 px-4">
        {mayRun ? (
          <Button size="sm" loading={test.pending} disabled={going} onClick={() => void start()}>
            <Play aria-hidden /> Test step
          </Button>
        ) : null}
        {mayRun ? (
          <Button size="sm" variant="ghost" disabled={going} onClick={test.edit}>
            <FlaskConical aria-hidden /> Test data…
          </Button>
        ) : null}
        <span className="flex-1" />
        {going && mayCancel ? (
          <IconButton
            label="Cancel the test"
            size="sm"
            onClick={() =>
              cancel.mutate(last.id, {
                onError: (error) => toastError('The test was not cancelled', error),
              })
            }
          >
            <Square className="!size-3 fill-current" />
          </IconButton>
        ) : null}
        {last ? (
          <>
            <StatusText status={last.status} className="text-xs" />
            <IconButton
              label={open ? 'Hide the test' : 'Show the test'}
              size="sm"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              {open ? <ChevronDown /> : <ChevronUp />}
            </IconButton>
          </>
        ) : null}
      </div>
      {test.asking ? (
        <TestDialog
          name={node.name}
          data={test.asking}
          pending={test.pending}
          onClose={test.close}
          onRun={(written, mode) => {
            const { asking } = test;
            setOpen(true);
            if (asking) void test.run(asking, written, mode);
          }}
        />
      ) : null}
    </section>
  );
}
