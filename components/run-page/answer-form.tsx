'use client';

import { useState } from 'react';
import { useMembers } from '@/components/data/people-queries';
import { useAnswerStep } from '@/components/data/queries';
import { InputForm } from '@/components/form/inputs/input-form';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toastError } from '@/components/ui/controls/toast';
import type { ApprovalValue } from '@/lib/nodes/forms/approval-ask';
import { initialInput, type RunInput } from '@/lib/nodes/forms/run-inputs';
import { type Deciders, decidersWords, mayDecide, sameAddress } from '@/lib/people/deciders';

type Props = { runId: string; stepId: string; fields: readonly RunInput[]; deciders: Deciders };

/** Approve or reject, with a comment and the fields of the question. */
export function AnswerForm({ runId, stepId, fields, deciders }: Props) {
  const actor = useActor();
  const answering = useAnswerStep();
  const [comment, setComment] = useState('');
  const [values, setValues] = useState(() => initialInput(fields));
  if (!mayDecide(deciders, actor)) return <WhoMay deciders={deciders} />;
  const decide = (decision: ApprovalValue['decision']) =>
    answering.mutate(
      {
        runId,
        stepId,
        answer: { decision, comment, values: values as ApprovalValue['values'] & {} },
      },
      { onError: (error) => toastError('The decision was not saved', error) },
    );
  return (
    <div className="space-y-3">
      {fields.length > 0 ? <InputForm inputs={fields} value={values} onChange={setValues} /> : null}
      <Field
        label={
          <>
            Comment <span className="font-normal text-faint">optional</span>
          </>
        }
        hint="Later steps can read it."
      >
        <Textarea
          rows={2}
          maxLength={2_000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button disabled={answering.isPending} onClick={() => decide('rejected')}>
          Reject
        </Button>
        <Button variant="primary" loading={answering.isPending} onClick={() => decide('approved')}>
          Approve
        </Button>
      </div>
    </div>
  );
}

/** Who is waited for instead. */
function WhoMay({ deciders }: { deciders: Deciders }) {
  const none = deciders.people.length === 0;
  return (
    <p className="text-sm text-muted">
      {none ? decidersWords(deciders) : <Named deciders={deciders} />}.
    </p>
  );
}

function Named({ deciders }: { deciders: Deciders }) {
  const members = useMembers().data?.items ?? [];
  const names = deciders.people.map(
    (address) => members.find(({ email }) => sameAddress(email, address))?.name ?? address,
  );
  return decidersWords(deciders, names);
}
