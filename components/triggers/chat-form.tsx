'use client';

import { useMemo, useState } from 'react';
import { useCreateTrigger, useUpdateTrigger } from '@/components/data/trigger-queries';
import { inputsOf } from '@/components/runs/start-inputs';
import { useGraph, useSession } from '@/components/session/session';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { toast } from '@/components/ui/controls/toast';
import { chatInputs, isTextInput, usualInput } from '@/lib/triggers/chat-input';
import type { Trigger } from '@/lib/triggers/contract';
import { type ChatConfig, chatConfigSchema } from '@/lib/triggers/schema';
import { ChatLink } from './links/chat-link';
import { Deliveries } from './parts/deliveries';
import { showTriggers } from './parts/panel-state';
import { readOf } from './parts/read-of';
import { TriggerActions } from './parts/trigger-actions';
import { forgetUnfinished, useTriggerForm } from './parts/unfinished';

type Chat = Extract<Trigger, { kind: 'chat' }>;

/** Stands for an empty name: the values of a select must not be empty. */
const none = '-';

/** Lets people write to the workflow on the chat page, or changes how. */
export function ChatForm({ trigger }: { trigger?: Chat }) {
  const { workflowId } = useSession();
  const mayWrite = useCan('triggers.write');
  const workflowName = useGraph((now) => now.name);
  const [{ name, config }, setForm] = useTriggerForm('chat', !trigger, () => ({
    name: trigger?.name ?? '',
    config: trigger?.config ?? chatConfigSchema.parse({}),
  }));
  const setName = (next: string) => setForm((now) => ({ ...now, name: next }));
  const create = useCreateTrigger(workflowId);
  const update = useUpdateTrigger();
  const [was, setWas] = useState(() => readOf(trigger));
  const pending = create.isPending || update.isPending;
  const error = create.error ?? update.error;
  const set = (change: Partial<ChatConfig>) =>
    setForm((now) => ({ ...now, config: { ...now.config, ...change } }));
  const save = () => {
    if (pending) return;
    const done = (text: string) => {
      toast.success(text);
      showTriggers({ view: 'list' });
    };
    if (trigger) {
      // With a link, there is something to copy now.
      const onSuccess = (saved: Trigger) => {
        setWas(readOf(saved));
        if (config.link === 'nobody') done('Chat saved');
        else toast.success('Chat saved');
      };
      update.mutate({ id: trigger.id, name, config, ...was }, { onSuccess });
    } else {
      const onSuccess = () => {
        forgetUnfinished('chat');
        done('Chat turned on');
      };
      create.mutate({ kind: 'chat', name, config }, { onSuccess });
    }
  };
  return (
    <form
      aria-label={trigger ? 'Chat' : 'New chat'}
      className="flex flex-col gap-4 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <fieldset disabled={!mayWrite} className="contents">
        <p className="text-xs text-muted">
          Members write to it in Chat. Each message starts a run of the live version; the run’s
          output is the answer.
        </p>
        <Field label="Name" hint="Shown on the chat page. Empty: the workflow’s name.">
          <Input
            value={name}
            maxLength={100}
            placeholder={workflowName}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Greeting" hint="Optional. Shown first in every conversation.">
          <Textarea
            rows={3}
            maxLength={2_000}
            value={config.greeting}
            placeholder="Ask me about orders."
            onChange={(event) => set({ greeting: event.target.value })}
          />
        </Field>
        <Inputs config={config} disabled={!mayWrite} onChange={set} />
        <ChatLink trigger={trigger} config={config} disabled={!mayWrite} onChange={set} />
        {error ? (
          <p role="alert" className="text-xs text-danger">
            {error.message}
          </p>
        ) : null}
        {mayWrite ? (
          <div className="flex items-center gap-2">
            {trigger ? <TriggerActions trigger={trigger} /> : null}
            <Button type="submit" variant="primary" loading={pending} className="ml-auto">
              {trigger ? 'Save' : 'Turn on'}
            </Button>
          </div>
        ) : null}
      </fieldset>
      {trigger ? <Deliveries trigger={trigger} /> : null}
    </form>
  );
}

type InputsProps = {
  config: ChatConfig;
  disabled: boolean;
  onChange: (change: Partial<ChatConfig>) => void;
};

/** Which inputs a message fills, of those that the start step declares just now. */
function Inputs({ config, disabled, onChange }: InputsProps) {
  const graph = useGraph((now) => now);
  const fields = useMemo(() => inputsOf(graph), [graph]);
  const found = chatInputs(fields, config);
  if (fields.length === 0) {
    const { message, earlier } = config;
    return (
      <p className="text-xs text-muted">
        The workflow has no inputs. Steps read{' '}
        <code className="font-mono text-2xs">input.{message || usualInput}</code>
        {earlier ? (
          <>
            {' '}
            and <code className="font-mono text-2xs">input.{earlier}</code>
          </>
        ) : null}
        .
      </p>
    );
  }
  const usual = chatInputs(fields, { ...config, message: '' });
  const texts = fields.filter(isTextInput);
  const holders = fields.filter((field) => isTextInput(field) || field.type === 'json');
  return (
    <>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field label="Input for the message">
          <Select
            value={config.message || none}
            disabled={disabled}
            onValueChange={(next) => onChange({ message: next === none ? '' : next })}
            options={[
              {
                value: none,
                label: 'problem' in usual ? 'Choose…' : `Default: ${usual.message}`,
              },
              ...named(texts, config.message),
            ]}
          />
        </Field>
        <Field label="Input for the chat history">
          <Select
            value={config.earlier || none}
            disabled={disabled}
            onValueChange={(next) => onChange({ earlier: next === none ? '' : next })}
            options={[
              { value: none, label: 'None (each message on its own)' },
              ...named(holders, config.earlier),
            ]}
          />
        </Field>
      </div>
      {'problem' in found ? <p className="text-xs text-warning">{found.problem}</p> : null}
    </>
  );
}

function named(fields: readonly { name: string; type: string }[], chosen: string) {
  const options = fields.map(({ name, type }) => ({
    value: name,
    label: name,
    hint: type === 'json' ? 'as a list' : 'as text',
  }));
  const known = chosen === '' || fields.some(({ name }) => name === chosen);
  return known ? options : [...options, { value: chosen, label: chosen, hint: 'was removed' }];
}
