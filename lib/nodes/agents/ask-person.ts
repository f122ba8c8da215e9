import { z } from 'zod';
import { type Needs, needsText } from '@/lib/agents/assignment/needs';
import type { Try } from '@/lib/agents/assignment/record';
import { decidersWords, mayDecide } from '@/lib/people/deciders';
import type { WaitEnd } from '@/lib/runs/schema';
import { approvalAskSchema, approvalValueSchema } from '../forms/approval-ask';
import { type StepAnswer, StepError } from '../node-type/define-node';

/** What somebody may say to a task that no agent could do; rejected, the step fails. */
const again = 'Let agents try again';
const own = 'Answer it myself';
const maxShown = 2_000;

/** What was said, as the step finds it when it goes on. */
const decidedSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('again'), by: z.string() }),
  z.strictObject({ do: z.literal('answer'), by: z.string(), text: z.string() }),
  z.strictObject({ do: z.literal('fail'), by: z.string(), comment: z.string() }),
]);
export const readDecision = (value: unknown): z.infer<typeof decidedSchema> | undefined =>
  decidedSchema.safeParse(value).data;

type Failed = {
  needs: Needs;
  task: string;
  tries: readonly Try[];
  why: string;
  /** The step wants data of a shape, which nobody types. */
  shaped: boolean;
};

/** The question to a person: what was to be done, who failed and how, and what may be done now. */
export function personAsk({ needs, task, tries, why, shaped }: Failed) {
  const failed = tries.flatMap(({ assignment: { taken }, failed: failure, remedy }) =>
    failure === undefined
      ? []
      : [`- **@${taken}**: ${plain(failure.message)} ${plain(remedy ?? '')}`],
  );
  const shown = task.length > maxShown ? `${task.slice(0, maxShown)}…` : task;
  const quoted = shown.split('\n').map((line) => `> ${plain(line)}`);
  const said = tries.at(-1)?.remedy === why;
  const choices = shaped ? again : `${again}, ${own}`;
  return {
    question: `No agent could do this task (${needsText(needs)}). What now?`,
    details: [...quoted, '', ...failed, ...(said ? [] : ['', plain(why)])].join('\n'),
    fields: [
      {
        ...{ id: 'next', name: 'next', label: 'What now', type: 'choice' as const, choices },
        ...{ required: true, default: again, description: 'Reject to let the step fail.' },
      },
      ...(shaped
        ? []
        : [
            {
              ...{ id: 'answer', name: 'answer', label: 'Answer', type: 'longtext' as const },
              ...{ required: false, default: '', description: `For “${own}”.` },
            },
          ]),
    ],
    role: 'editor' as const,
  };
}

/** What agents wrote stands as text, whatever is in it. */
const plain = (text: string) => text.replace(/[\\`*_{}[\]<>#|~!]/g, '\\$&').replace(/\s+/g, ' ');

/** Reads what somebody answered. Throws `StepError` `forbidden` and `invalid_input`, which leave the step waiting. */
export function answerTask(ask: unknown, { by, value }: StepAnswer): WaitEnd {
  const asked = approvalAskSchema.safeParse(ask);
  if (!asked.success) {
    throw new StepError('invalid_input', 'This step is answered where its tools are approved.');
  }
  if (!mayDecide(asked.data, by)) throw new StepError('forbidden', `${decidersWords(asked.data)}.`);
  const given = approvalValueSchema.safeParse(value);
  if (!given.success) throw new StepError('invalid_input', 'Choose what happens now, or reject.');
  const { decision, comment, values } = given.data;
  const end = (what: z.infer<typeof decidedSchema>) => ({ ok: 'again' as const, value: what });
  if (decision === 'rejected') return end({ do: 'fail', by: by.name, comment });
  if (values.next === again) return end({ do: 'again', by: by.name });
  const text = typeof values.answer === 'string' ? values.answer.trim() : '';
  const mayWrite = asked.data.fields.some(({ name }) => name === 'answer');
  if (values.next !== own || !mayWrite) {
    throw new StepError('invalid_input', 'Choose one of what is offered, or reject.');
  }
  if (text === '') throw new StepError('invalid_input', 'Write the answer.');
  return end({ do: 'answer', by: by.name, text });
}
