'use client';

import { useState } from 'react';
import { useTestTrigger } from '@/components/data/trigger-queries';
import { useShowRun } from '@/components/runs/shown-run';
import { inputsOf } from '@/components/runs/start-inputs';
import { seenOf } from '@/components/session/seen';
import { useGraph, useSession } from '@/components/session/session';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import type { Trigger } from '@/lib/triggers/contract';
import { exampleBody, readBodyText, shownBody } from '@/lib/triggers/example-body';
import type { HookSample } from '@/lib/triggers/listening';
import { showTriggers } from '../parts/panel-state';
import { HookListening } from './hook-listening';

const versions = [
  { value: 'draft', label: 'the draft' },
  { value: 'live', label: 'the live version' },
] as const;

/** Tries a webhook out: shows the next request that comes, and starts a run with a body that people write. */
export function HookTest({ trigger }: { trigger: Extract<Trigger, { kind: 'webhook' }> }) {
  const session = useSession();
  const graph = useGraph((now) => now);
  const [text, setText] = useState(() => JSON.stringify(exampleBody(inputsOf(graph)), null, 2));
  const [version, setVersion] = useState<'draft' | 'live'>('draft');
  const [sample, setSample] = useState<HookSample>();
  const test = useTestTrigger();
  const show = useShowRun();
  const body = readBodyText(text);
  const run = () =>
    test.mutate(
      {
        id: trigger.id,
        version,
        body,
        ...(version === 'draft' ? { stateVector: seenOf(session) } : {}),
        ...(sample ? { headers: sample.headers } : {}),
      },
      {
        onSuccess: ({ id }) => {
          toast.success(
            `A run of ${version === 'draft' ? 'the draft' : 'the live version'} has started`,
          );
          showTriggers(undefined);
          show(id);
        },
      },
    );
  return (
    <section aria-label="Test" className="flex flex-col gap-3 border-t pt-3">
      <h3 className="text-sm font-medium">Test</h3>
      <HookListening
        trigger={trigger}
        onUse={(came) => {
          setText(shownBody(came.body));
          setSample(came);
        }}
      />
      <Field
        label="Body"
        hint={
          sample
            ? `With the ${Object.keys(sample.headers).length} headers of the test request. What is not JSON is sent as text.`
            : 'What is not JSON is sent as text.'
        }
      >
        <Textarea
          value={text}
          spellCheck={false}
          maxLength={65_536}
          className="max-h-64 font-mono text-xs"
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="flex items-center gap-2">
        <Button onClick={run} loading={test.isPending}>
          Send a test
        </Button>
        <span className="text-xs text-muted">starts a run of</span>
        <Select
          size="sm"
          aria-label="Version to run"
          className="w-36"
          value={version}
          options={[...versions]}
          onValueChange={(next) => setVersion(next === 'live' ? 'live' : 'draft')}
        />
      </div>
      {test.error ? (
        <p role="alert" className="text-xs text-danger">
          {test.error.message}
        </p>
      ) : null}
    </section>
  );
}
