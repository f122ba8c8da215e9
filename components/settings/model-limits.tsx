'use client';

import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useRemoveLimit, useSaveLimit } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { toast, toastError } from '@/components/ui/controls/toast';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ModelLimitView, ProviderView } from '@/lib/models/contract';
import { limitWords } from '@/lib/models/limits/pace';

const all = '*';
const nameOf = (model: string) => (model === all ? 'All models together' : model);

/** What the workspace allows of a provider at most, in all or of one model. */
export function ModelLimits({ provider }: { provider: ProviderView }) {
  const [open, setOpen] = useState(false);
  /** The limit in the form: that of a model, or a new one. */
  const [edited, setEdited] = useState<string | undefined>();
  const limit = provider.limits.find(({ model }) => model === edited);
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Limits of ${provider.title}`}
        onClick={() => {
          setEdited(provider.limits.length === 0 ? 'new' : undefined);
          setOpen(true);
        }}
      >
        Limits
      </Button>
      {open ? (
        <Dialog
          open
          onOpenChange={setOpen}
          title={`Limits of ${provider.title}`}
          description="A call over a limit is not refused: it waits for a moment in its place, and longer as a waiting step."
        >
          <ul className="divide-y">
            {provider.limits.map((each) => (
              <LimitRow
                key={each.model}
                provider={provider}
                limit={each}
                onEdit={() => setEdited(each.model)}
              />
            ))}
          </ul>
          {edited === undefined ? (
            <Button size="sm" className="mt-3" onClick={() => setEdited('new')}>
              <Plus aria-hidden /> Add limit
            </Button>
          ) : (
            <LimitForm
              key={edited}
              provider={provider}
              limit={limit}
              onDone={() => setEdited(undefined)}
            />
          )}
        </Dialog>
      ) : null}
    </>
  );
}

type RowProps = { provider: ProviderView; limit: ModelLimitView; onEdit: () => void };

function LimitRow({ provider, limit, onEdit }: RowProps) {
  const remove = useRemoveLimit();
  const name = nameOf(limit.model);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm">{name}</span>
        <span className="block text-xs text-muted tabular">{limitWords(limit)}</span>
      </span>
      <Button size="sm" variant="ghost" aria-label={`Edit the limit of ${name}`} onClick={onEdit}>
        Edit
      </Button>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Remove the limit of ${name}`}
        loading={remove.isPending}
        onClick={() =>
          remove.mutate(
            { provider: provider.provider, model: limit.model },
            { onError: (error) => toastError('The limit was not removed', error) },
          )
        }
      >
        Remove
      </Button>
    </li>
  );
}

type FormProps = { provider: ProviderView; limit: ModelLimitView | undefined; onDone: () => void };

const written = (value: number | null | undefined) => (value == null ? '' : String(value));
/** Null for an empty field, undefined for one that is no whole number above 0. */
function numberIn(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const value = Number(text.replace(/[\s,]/g, ''));
  return Number.isInteger(value) && value > 0 && value <= 100_000_000 ? value : undefined;
}

function LimitForm({ provider, limit, onDone }: FormProps) {
  const taken = new Set(provider.limits.map((each) => each.model));
  const free = [all, ...provider.models.map(({ id }) => id)].filter((id) => !taken.has(id));
  const [model, setModel] = useState(limit?.model ?? free[0] ?? all);
  const [requests, setRequests] = useState(written(limit?.requestsPerMinute));
  const [tokens, setTokens] = useState(written(limit?.tokensPerMinute));
  const [atOnce, setAtOnce] = useState(written(limit?.atOnce));
  const save = useSaveLimit();
  const values = [requests, tokens, atOnce].map(numberIn);
  const fits =
    values.every((value) => value !== undefined) && values.some((value) => value !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const [requestsPerMinute = null, tokensPerMinute = null, calls = null] = values;
    if (!fits) return;
    save.mutate(
      {
        provider: provider.provider,
        body: { model, requestsPerMinute, tokensPerMinute, atOnce: calls },
      },
      {
        onSuccess: () => {
          toast.success('The limit was saved');
          onDone();
        },
      },
    );
  };
  const fields = [
    { label: 'Requests a minute', value: requests, set: setRequests },
    { label: 'Tokens a minute', value: tokens, set: setTokens },
    { label: 'Calls at once', value: atOnce, set: setAtOnce },
  ];
  return (
    <form onSubmit={submit} className="mt-3 space-y-4 border-t pt-4">
      <Field label="Applies to">
        <Select
          value={model}
          disabled={limit !== undefined}
          onValueChange={setModel}
          options={[...new Set([model, ...free])].map((id) => ({ value: id, label: nameOf(id) }))}
        />
      </Field>
      <div className="grid gap-3 sm:grid-cols-3">
        {fields.map(({ label, value, set }) => (
          <Field
            key={label}
            label={label}
            error={numberIn(value) === undefined ? 'Enter a whole number above 0.' : undefined}
          >
            <Input
              inputMode="numeric"
              value={value}
              placeholder="No limit"
              maxLength={12}
              onChange={(event) => set(event.target.value)}
            />
          </Field>
        ))}
      </div>
      {save.error ? (
        <p role="alert" className="text-xs text-danger">
          {save.error.message}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button type="button" onClick={onDone}>
          Cancel
        </Button>
        <Button type="submit" variant="primary" disabled={!fits} loading={save.isPending}>
          Save limit
        </Button>
      </div>
    </form>
  );
}
