'use client';

import { useState } from 'react';
import { useAnswerStep } from '@/components/data/queries';
import { InputForm } from '@/components/form/input-form';
import { useActor } from '@/components/shell/actor-context';
import { Button } from '@/components/ui/controls/button';
import { Field } from '@/components/ui/controls/field';
import { Textarea } from '@/components/ui/controls/textarea';
import { toastError } from '@/components/ui/controls/toast';
import type { ApprovalValue } from '@/lib/nodes/forms/approval-ask';
import { initialInput, type RunInput } from '@/lib/nodes/forms/run-inputs';
import { isAtLeast } from '@/lib/people/can';
import type { Role } from '@/lib/people/schema';

type Props = { runId: string; stepId: string; fields: readonly RunInput[]; role: Role };

/** Approve or reject, with a comment and the fields of the question. */
export function AnswerForm({ runId, stepId, fields, role }: Props) {
  const actor = useActor();
  const answering = useAnswerStep();
  const [comment, setComment] = useState('');
  const [values, setValues] = useState(() => initialInput(fields));
  if (!isAtLeast(actor.role, role)) {
    return (
      <p className="text-sm text-muted">Members who are {role} or a higher role may decide.</p>
    );
  }
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
