'use client';

import { type ReactElement, type ReactNode, useEffect, useState } from 'react';
import { useCanEdit, useSession } from '@/components/session/session';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Textarea } from '@/components/ui/controls/textarea';
import type { DraftNode } from '@/lib/canvas/graph';
import { setPolicy } from '@/lib/workflows/edits/edits';
import { type Policy, policySchema } from '@/lib/workflows/schema';

type Props = {
  node: DraftNode;
  label: string;
  /** The place in the manual that explains it. */
  help: string;
  hint?: ReactNode;
  /** What stands in the document, as this field writes it. */
  now: string;
  /** What holds while the field is empty. */
  otherwise?: string;
  kind: 'number' | 'line' | 'code';
  /** The policy with what was written. Throws with a sentence for people when it cannot be. */
  change: (text: string) => Policy;
  className?: string;
};

/** One text or number of a policy: it is set as one writes, as soon as it can be. */
export function PolicyField({
  node,
  label,
  help,
  hint,
  now,
  otherwise,
  kind,
  change,
  className,
}: Props): ReactElement {
  const { copy } = useSession();
  const canEdit = useCanEdit();
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState<string>();
  // What others set meanwhile shows, also while this field has the focus.
  useEffect(() => setDraft((typed) => (typed === now ? typed : undefined)), [now]);
  const write = (text: string) => {
    setDraft(text);
    try {
      const checked = policySchema.safeParse(change(text));
      setError(checked.success ? undefined : 'Out of range');
      if (checked.success) setPolicy(copy.draft, node.id, checked.data);
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : 'Not a valid value');
    }
  };
  const shared = {
    readOnly: !canEdit,
    placeholder: otherwise,
    value: draft ?? now,
    onChange: (event: { target: { value: string } }) => write(event.target.value),
    onBlur: () => {
      // What could not be set stays, so that it can be corrected.
      if (error === undefined) setDraft(undefined);
    },
  };
  return (
    <Field
      label={label}
      help={help}
      {...(hint === undefined ? {} : { hint })}
      {...(error === undefined ? {} : { error })}
      {...(className === undefined ? {} : { className })}
    >
      {kind === 'code' ? (
        <Textarea {...shared} spellCheck={false} className="min-h-8 font-mono text-xs" />
      ) : kind === 'number' ? (
        <Input {...shared} type="number" step="any" inputMode="decimal" className="tabular" />
      ) : (
        <Input {...shared} spellCheck={false} className="font-mono text-xs" />
      )}
    </Field>
  );
}
