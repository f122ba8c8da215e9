'use client';

import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { useCan } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Input } from '@/components/ui/controls/input';
import { Select } from '@/components/ui/controls/select';
import { Textarea } from '@/components/ui/controls/textarea';
import { jsonProblemText, readJson } from '@/lib/api/json/read-json';
import type { Approval } from '@/lib/tools/contract';
import { approvalScopes } from '@/lib/tools/question';
import { useAnswer } from './use-answer';
import { useUnsent } from './use-unsent';

type Scope = (typeof approvalScopes)[number];
const scopes: readonly { value: Scope; label: string }[] = [
  { value: 'once', label: 'This call only' },
  { value: 'exact', label: 'These arguments, in this run' },
  { value: 'run', label: 'This tool, in this run' },
];

/** Approves a call, with other arguments if need be, or refuses it with a word for the agent. */
export function ApprovalForm({ approval }: { approval: Approval }) {
  const { id, args, argsHash } = approval;
  const mayAnswer = useCan('runs.start');
  const { answer, pending } = useAnswer(id);
  const [scope, setScope] = useState<Scope>('once');
  const [note = '', setNote] = useUnsent(id, 'word');
  const [edited, setEdited] = useUnsent(id, 'args');
  const read = edited === undefined ? undefined : argsIn(edited);
  if (!mayAnswer) return <p className="text-sm text-muted">An editor has to approve this.</p>;
  const approve = () => {
    const changed = read?.ok ? { args: read.args } : {};
    answer({ do: 'approve', scope, argsHash, ...changed });
  };
  return (
    <div className="space-y-3">
      {edited === undefined ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => setEdited(JSON.stringify(args ?? {}, null, 2))}
        >
          <Pencil aria-hidden /> Change the arguments
        </Button>
      ) : (
        <Field
          label="Arguments as JSON"
          hint="The call is made with these. The run says that you changed them."
          {...(read?.ok === false ? { error: read.problem } : {})}
        >
          <Textarea
            value={edited}
            rows={Math.min(16, edited.split('\n').length + 1)}
            className="font-mono text-xs"
            onChange={(event) => setEdited(event.target.value)}
          />
        </Field>
      )}
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Approval is for" className="w-60">
          <Select
            value={scope}
            options={[...scopes]}
            onValueChange={(next) =>
              setScope(approvalScopes.find((each) => each === next) ?? 'once')
            }
          />
        </Field>
        <Button variant="primary" loading={pending} disabled={read?.ok === false} onClick={approve}>
          {edited === undefined ? 'Approve' : 'Approve with these'}
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-2">
        <Field label="Word to the agent" hideLabel className="min-w-40 flex-1">
          <Input
            value={note}
            maxLength={2_000}
            placeholder="Why not, or what to do instead"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        <Button disabled={pending} onClick={() => answer({ do: 'refuse', note })}>
          Refuse
        </Button>
      </div>
    </div>
  );
}

const argsSchema = z.record(z.string(), z.json());
type ReadArgs = { ok: true; args: z.infer<typeof argsSchema> } | { ok: false; problem: string };

function argsIn(text: string): ReadArgs {
  const result = readJson(text);
  if (!result.ok) return { ok: false, problem: `${jsonProblemText(result.problem)}.` };
  const parsed = argsSchema.safeParse(result.value);
  return parsed.success
    ? { ok: true, args: parsed.data }
    : { ok: false, problem: 'Enter an object: { … }.' };
}
