'use client';

import { useState } from 'react';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { CodeBlock } from '@/components/ui/display/code-block';
import type { Trigger } from '@/lib/triggers/contract';
import { exampleBody } from '@/lib/triggers/example-body';
import { exampleCall } from '@/lib/triggers/example-call';
import type { WebhookConfig } from '@/lib/triggers/schema';
import { Deliveries } from '../parts/deliveries';
import { TriggerActions } from '../parts/trigger-actions';
import { TriggerProblems } from '../parts/trigger-problems';
import { HookAccess } from './hook-access';
import { HookSettings } from './hook-settings';
import { HookTest } from './hook-test';
import { changedSettings, useWebhookSaves } from './use-webhook-saves';

type Hook = Extract<Trigger, { kind: 'webhook' }>;

/** A webhook: where to send requests, how they are verified and answered, and what came. */
export function WebhookView({ trigger, secret }: { trigger: Hook; secret: string | undefined }) {
  const mayWrite = useCan('triggers.write');
  const save = useWebhookSaves(trigger);
  const [name, setName] = useState(trigger.name);
  return (
    <section aria-label="Webhook" className="flex flex-col gap-4 p-4">
      <TriggerProblems problems={trigger.problems} />
      <HookAccess trigger={trigger} secret={secret} mayWrite={mayWrite} />
      <Field label="Name" hint="Optional. Shown in the list.">
        <Input
          value={name}
          maxLength={100}
          disabled={!mayWrite}
          placeholder="Orders of the shop"
          onChange={(event) => setName(event.target.value)}
          onBlur={() => {
            if (name.trim() !== trigger.name) save({ name: name.trim() });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
      </Field>
      <HookSettings
        config={trigger.config}
        disabled={!mayWrite}
        onChange={(config) => save({ setting: changedSettings(trigger.config, config) })}
      >
        <InputNote gives={trigger.config.gives} />
      </HookSettings>
      {mayWrite ? <HookTest trigger={trigger} /> : null}
      <Example trigger={trigger} />
      <Deliveries trigger={trigger} />
      {mayWrite ? (
        <div className="flex items-center gap-2">
          <TriggerActions trigger={trigger} />
        </div>
      ) : null}
    </section>
  );
}

/** A request from a shell, with the inputs that the start step declares just now. */
function Example({ trigger }: { trigger: Hook }) {
  const graph = useGraph((now) => now);
  const body = JSON.stringify(exampleBody(inputsOf(graph)));
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="text-sm font-medium">Send a request from a terminal</h3>
      <CodeBlock
        label="Example request"
        code={exampleCall(trigger.url, trigger.config.auth, body)}
      />
    </div>
  );
}

/** What steps read, for the inputs that the start step declares just now. */
function InputNote({ gives }: Pick<WebhookConfig, 'gives'>) {
  const graph = useGraph((now) => now);
  const names = inputsOf(graph).map((input) => input.name);
  if (gives === 'request') {
    const unheard = names.length > 0 && !names.includes('request');
    return (
      <p className={unheard ? 'text-xs text-warning' : 'text-xs text-muted'}>
        {unheard ? (
          <>
            The Start step has inputs, but none is named <Code>request</Code>. Add one of the type
            JSON, or remove all inputs.
          </>
        ) : (
          <>
            Steps read <Code>input.request.body</Code>, <Code>.query</Code>, <Code>.headers</Code>,{' '}
            <Code>.method</Code> and <Code>.files</Code>. Nothing needs to be declared.
          </>
        )}
      </p>
    );
  }
  return (
    <p className="text-xs text-muted">
      {names.length > 0 ? (
        <>
          Fields of the body become inputs of the same name: <Code>{names.join(', ')}</Code>. Other
          fields are ignored; files fill inputs of the type File.
        </>
      ) : (
        <>
          Steps read <Code>input.body</Code>, <Code>input.query</Code> and{' '}
          <Code>input.headers</Code>.
        </>
      )}
    </p>
  );
}

const Code = ({ children }: { children: React.ReactNode }) => (
  <code className="font-mono text-2xs">{children}</code>
);
