'use client';

import { ChevronRight } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { sameJson } from '@/lib/workflows/draft-value';
import { setPolicy } from '@/lib/workflows/edits';
import type { Policy } from '@/lib/workflows/schema';
import { policySchema } from '@/lib/workflows/schema';
import type { DraftNode } from '../graph-view';
import { useCanEdit, useSession } from '../session';

type Part = 'attempts' | 'backoffMs' | 'timeoutMs';
const retryDefaults = { attempts: 3, backoffMs: 1_000, maxBackoffMs: 60_000 };

/** The policy with one part set, or with it taken back to the default. Times come in seconds. */
function withPart(policy: Policy | undefined, part: Part, value: number | undefined): Policy {
  if (part === 'timeoutMs') {
    const { timeoutMs: _, ...rest } = policy ?? {};
    return value === undefined ? rest : { ...rest, timeoutMs: Math.round(value * 1_000) };
  }
  const amount = part === 'backoffMs' && value !== undefined ? Math.round(value * 1_000) : value;
  const retry = { ...retryDefaults, ...policy?.retry, [part]: amount ?? retryDefaults[part] };
  const same =
    retry.attempts === retryDefaults.attempts && retry.backoffMs === retryDefaults.backoffMs;
  const { retry: _, ...rest } = policy ?? {};
  return same ? rest : { ...rest, retry };
}

type Props = { node: DraftNode };
const samePolicy = ({ node: a }: Props, { node: b }: Props) =>
  a.id === b.id && sameJson(a.policy, b.policy);

/** What happens around the step: attempts, waiting between them, time limit. */
export const PolicySettings = memo(function PolicySettings({ node }: Props) {
  const retry = node.policy?.retry;
  const changed = node.policy !== undefined;
  return (
    <details className="group/policy border-t pt-3" open={changed}>
      <summary className="flex list-none items-center gap-1 text-xs font-medium text-muted hover:text-fg">
        <ChevronRight
          className="size-3.5 transition-transform duration-100 group-open/policy:rotate-90"
          aria-hidden
        />
        Retries and time limit
      </summary>
      <div className="mt-3 grid grid-cols-3 gap-3">
        <PolicyNumber
          node={node}
          part="attempts"
          label="Attempts"
          now={retry?.attempts}
          otherwise="3"
        />
        <PolicyNumber
          node={node}
          part="backoffMs"
          label="First wait, s"
          now={retry ? retry.backoffMs / 1_000 : undefined}
          otherwise="1"
        />
        <PolicyNumber
          node={node}
          part="timeoutMs"
          label="Time limit, s"
          now={node.policy?.timeoutMs === undefined ? undefined : node.policy.timeoutMs / 1_000}
          otherwise="default"
        />
      </div>
    </details>
  );
}, samePolicy);

type NumberProps = {
  node: DraftNode;
  part: Part;
  label: string;
  now: number | undefined;
  otherwise: string;
};

const numberOf = (text: string) => (text.trim() === '' ? undefined : Number(text));

function PolicyNumber({ node, part, label, now, otherwise }: NumberProps) {
  const { copy } = useSession();
  const canEdit = useCanEdit();
  const [draft, setDraft] = useState<string>();
  const [error, setError] = useState<string>();
  // What others set meanwhile shows, also while this field has the focus.
  useEffect(() => {
    setDraft((typed) => (typed !== undefined && numberOf(typed) === now ? typed : undefined));
  }, [now]);
  const change = (text: string) => {
    setDraft(text);
    const value = numberOf(text);
    if (value !== undefined && !Number.isFinite(value)) return;
    const policy = withPart(node.policy, part, value);
    const checked = policySchema.safeParse(policy);
    setError(checked.success ? undefined : 'Out of range');
    if (checked.success) setPolicy(copy.draft, node.id, policy);
  };
  return (
    <Field label={label} error={error}>
      <Input
        type="number"
        min={0}
        step="any"
        inputMode="decimal"
        className="tabular"
        readOnly={!canEdit}
        placeholder={otherwise}
        value={draft ?? (now === undefined ? '' : String(now))}
        onChange={(event) => change(event.target.value)}
        onBlur={() => {
          setDraft(undefined);
          setError(undefined);
        }}
      />
    </Field>
  );
}
