'use client';

import { useState } from 'react';
import { useSavePrice } from '@/components/data/spending-queries';
import { Button } from '@/components/ui/controls/button';
import { Input } from '@/components/ui/controls/input';
import { toast, toastError } from '@/components/ui/controls/toast';
import { formatCount } from '@/components/ui/format';
import { Dialog } from '@/components/ui/overlays/dialog';
import type { ProviderView } from '@/lib/models/contract';
import { usdSchema } from '@/lib/spending/pico';

type Model = ProviderView['models'][number];

/** The models of a provider with their windows and prices; each price can be replaced by one's own. */
export function ModelPrices({ provider }: { provider: ProviderView }) {
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<string[]>([]);
  const others = added.filter((id) => provider.models.every((model) => model.id !== id));
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        aria-label={`Prices of ${provider.title}`}
        onClick={() => setOpen(true)}
      >
        Prices
      </Button>
      {open ? (
        <Dialog
          open
          onOpenChange={setOpen}
          title={`Models of ${provider.title}`}
          description="US dollars per million tokens. Budgets and costs count with these prices from the next call on."
        >
          <ul className="-mx-1 max-h-96 divide-y overflow-y-auto px-1">
            {provider.models.map((model) => (
              <PriceRow key={model.id} provider={provider} model={model} />
            ))}
            {others.map((id) => (
              <PriceRow key={id} provider={provider} model={{ id }} isNew />
            ))}
          </ul>
          <OtherModel
            onAdd={(id) => setAdded((now) => [...now.filter((each) => each !== id), id])}
          />
        </Dialog>
      ) : null}
    </>
  );
}

/** Names a model that the list lacks: of a server that does not answer, or newer than the list. */
function OtherModel({ onAdd }: { onAdd: (id: string) => void }) {
  const [name, setName] = useState('');
  return (
    <form
      className="mt-3 flex gap-2 border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (name.trim() === '') return;
        onAdd(name.trim());
        setName('');
      }}
    >
      <Input
        aria-label="Name of another model"
        placeholder="Name of another model"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        Add
      </Button>
    </form>
  );
}

type RowProps = { provider: ProviderView; model: Model; isNew?: boolean };

function PriceRow({ provider, model, isNew = false }: RowProps) {
  const [editing, setEditing] = useState(isNew);
  const { contextTokens, inputPrice, outputPrice, ownPrice } = model;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="min-w-0 flex-1 truncate font-mono text-xs">{model.id}</span>
      {editing ? (
        <PriceForm provider={provider} model={model} onDone={() => setEditing(false)} />
      ) : (
        <>
          <span className="text-xs text-muted tabular">
            {inputPrice === undefined || outputPrice === undefined
              ? 'price unknown'
              : `$${inputPrice} in, $${outputPrice} out`}
            {ownPrice ? ' (yours)' : ''}
            {contextTokens === undefined ? '' : ` · ${formatCount(contextTokens)} tokens`}
          </span>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Set the price of ${model.id}`}
            onClick={() => setEditing(true)}
          >
            Set price
          </Button>
        </>
      )}
    </li>
  );
}

function PriceForm({
  provider: { provider },
  model,
  onDone,
}: {
  provider: ProviderView;
  model: Model;
  onDone: () => void;
}) {
  const [input, setInput] = useState(String(model.inputPrice ?? ''));
  const [output, setOutput] = useState(String(model.outputPrice ?? ''));
  const save = useSavePrice();
  const fits = [input, output].every((text) => usdSchema.safeParse(text).success);
  const send = (price?: { inputUsdPerMillion: string; outputUsdPerMillion: string }) =>
    save.mutate(
      { params: { provider, model: model.id }, price },
      {
        onSuccess: () => {
          toast.success(`The price of ${model.id} was saved`);
          onDone();
        },
        onError: (error) => toastError('The price was not saved', error),
      },
    );
  return (
    <form
      className="flex flex-wrap items-center gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (fits) send({ inputUsdPerMillion: input, outputUsdPerMillion: output });
      }}
    >
      <Input
        aria-label={`Input price of ${model.id}`}
        value={input}
        inputMode="decimal"
        placeholder="in"
        className="h-7 w-20 text-xs"
        onChange={(event) => setInput(event.target.value)}
      />
      <Input
        aria-label={`Output price of ${model.id}`}
        value={output}
        inputMode="decimal"
        placeholder="out"
        className="h-7 w-20 text-xs"
        onChange={(event) => setOutput(event.target.value)}
      />
      <Button size="sm" type="submit" variant="primary" disabled={!fits} loading={save.isPending}>
        Save
      </Button>
      {model.ownPrice ? (
        <Button size="sm" type="button" onClick={() => send()}>
          Use list price
        </Button>
      ) : null}
      <Button size="sm" type="button" variant="ghost" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}
