'use client';

import { Check, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLabels, useOrganise } from '@/components/data/workflow-queries';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Dialog } from '@/components/ui/overlays/dialog';
import { changeTags, tagLimits, tagSchema } from '@/lib/workflows/organise/tags';
import { forEach, type Named, nameOf } from './bulk';

type Tagged = Named & { tags: readonly string[] };
type Props = {
  workflows: readonly Tagged[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone?: () => void;
};

/** Adds tags to workflows, and takes them away. */
export function TagsDialog({ workflows, open, onOpenChange, onDone }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={`Tags of ${nameOf(workflows)}`}
    >
      <Choice
        workflows={workflows}
        close={() => {
          onOpenChange(false);
          onDone?.();
        }}
      />
    </Dialog>
  );
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const has = (tags: readonly string[], tag: string) => tags.some((each) => same(each, tag));

function Choice({ workflows, close }: { workflows: readonly Tagged[]; close: () => void }) {
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [text, setText] = useState('');
  const { data } = useLabels();
  const { mutateAsync, isPending } = useOrganise();
  const typed = tagSchema.safeParse(text);
  const known = data?.tags.map(({ name }) => name) ?? [];
  const shown = changeTags([...workflows.flatMap(({ tags }) => tags), ...add], { add: known });
  const count = (tag: string) => workflows.filter(({ tags }) => has(tags, tag)).length;
  const stateOf = (tag: string): 'all' | 'some' | 'none' => {
    if (has(add, tag)) return 'all';
    if (has(remove, tag) || count(tag) === 0) return 'none';
    return count(tag) === workflows.length ? 'all' : 'some';
  };
  const toggle = (tag: string) => {
    const on = stateOf(tag) !== 'all';
    setAdd(changeTags(add, on ? { add: [tag] } : { remove: [tag] }));
    setRemove(changeTags(remove, on ? { remove: [tag] } : { add: [tag] }));
  };
  const addTyped = () => {
    if (!typed.success) return;
    setAdd(changeTags(add, { add: [typed.data] }));
    setRemove(changeTags(remove, { remove: [typed.data] }));
    setText('');
  };
  const tooMany = workflows.some(
    ({ tags }) => changeTags(tags, { add, remove }).length > tagLimits.count,
  );
  const save = () =>
    void forEach(
      workflows,
      ({ id }) => mutateAsync({ id, addTags: add, removeTags: remove }),
      'tagged',
    ).then((good) => {
      if (good.length > 0) close();
    });
  return (
    <div className="space-y-3">
      <Field
        label="New tag"
        error={
          tooMany
            ? `A workflow has at most ${tagLimits.count} tags`
            : text.trim() !== '' && !typed.success
              ? typed.error.issues[0]?.message
              : undefined
        }
      >
        <Input
          value={text}
          maxLength={tagLimits.length}
          placeholder="Name, then Enter"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') addTyped();
          }}
        />
      </Field>
      <ul aria-label="Tags" className="flex max-h-56 flex-wrap gap-1.5 overflow-y-auto">
        {shown.map((tag) => (
          <li key={tag}>
            <Toggle tag={tag} state={stateOf(tag)} onToggle={() => toggle(tag)} />
          </li>
        ))}
      </ul>
      <div className="flex justify-end">
        <Button
          variant="primary"
          loading={isPending}
          disabled={tooMany || (add.length === 0 && remove.length === 0)}
          onClick={save}
        >
          Save tags
        </Button>
      </div>
    </div>
  );
}

type ToggleProps = { tag: string; state: 'all' | 'some' | 'none'; onToggle: () => void };

function Toggle({ tag, state, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={state === 'some' ? 'mixed' : state === 'all'}
      onClick={onToggle}
      className={cn(
        'flex h-6 max-w-60 items-center gap-1 rounded-md border px-2 text-xs [&_svg]:size-3 [&_svg]:shrink-0',
        state === 'none'
          ? 'border-border-strong border-dashed text-muted hover:bg-hover'
          : 'border-accent/40 bg-accent-soft text-accent',
      )}
    >
      {state === 'all' ? <Check aria-hidden /> : null}
      {state === 'some' ? <Minus aria-hidden /> : null}
      {state === 'none' ? <Plus aria-hidden /> : null}
      <span className="truncate">{tag}</span>
    </button>
  );
}
