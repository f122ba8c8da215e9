import { z } from 'zod';
import { isAtLeast } from '@/lib/people/can';
import { decidersWords, mayDecide } from '@/lib/people/deciders';
import { elementIdSchema } from '@/lib/workflows/schema';
import { defineNode, type Port, StepError, suspend } from '../node-type/define-node';
import { longestWait, unitMs } from '../node-type/durations';
import { approvalAskSchema, approvalRoles, approvalValueSchema } from './approval-ask';
import { checkInput } from './run-input';
import { startConfig } from './start';

const ports: Port[] = [
  { id: 'approved', label: 'Approved' },
  { id: 'rejected', label: 'Rejected' },
];
const expired: Port = { id: 'expired', label: 'Expired' };

const memoSchema = z.strictObject({ began: z.number(), told: z.int() });

type Times = Partial<
  Record<'expiresInHours' | 'remindEveryHours' | 'escalateAfterHours', number | undefined>
>;

/** When something is to happen, in milliseconds since 1970, for one who was told so often. */
function dueAt(times: Times, began: number, told: number) {
  const after = (hours: number | undefined, count = 1) =>
    hours === undefined ? undefined : began + Math.min(hours * unitMs.hours * count, longestWait);
  return {
    expireAt: after(times.expiresInHours),
    remindAt: after(times.remindEveryHours, told + 1),
    escalateAt: after(times.escalateAfterHours),
  };
}

/** The one of two roles that more people have. */
const lower = (a: ApprovalRole, b: ApprovalRole) => (isAtLeast(a, b) ? b : a);
type ApprovalRole = (typeof approvalRoles)[number];

/** Whose role may decide as well: after the time set, and admins where nobody who is named is a member any more. */
function decidedBy(
  { role, escalateTo, people }: { role: ApprovalRole; escalateTo: ApprovalRole; people: object[] },
  { escalated, reached }: { escalated: boolean; reached: boolean },
) {
  const widened = people.length > 0 && (escalated || !reached);
  if (people.length === 0) return { role: escalated ? lower(role, escalateTo) : role, widened };
  const left = reached ? undefined : ('admin' as const);
  if (!escalated) return { role: left ?? role, widened };
  return { role: left === undefined ? escalateTo : lower(left, escalateTo), widened };
}

const personSchema = z.strictObject({
  id: elementIdSchema,
  // One that is left empty must not mean everybody.
  person: z.string({ error: 'Choose a person.' }).trim().min(1, 'Choose a person.').max(254).meta({
    title: 'Person',
    help: 'A member of this workspace, by the email address.',
    widget: 'person',
  }),
});

export default defineNode({
  type: 'approval',
  kind: 'task',
  title: 'Human approval',
  summary: 'Waits for a person to approve or reject.',
  group: 'People',
  outward: 'This asks people for a decision.',
  icon: 'user-check',
  aliases: [
    'approve',
    'ask',
    'human',
    'review',
    'form',
    'confirm',
    'question',
    'sign off',
    'people',
    'person',
    'input',
    'manual',
    'wait for approval',
  ],
  config: z.strictObject({
    question: z.string({ error: 'Enter a question.' }).min(1, 'Enter a question.').max(2_000).meta({
      title: 'Question',
      description: 'What to decide, in one sentence.',
      widget: 'template',
    }),
    details: z.string().max(50_000).default('').meta({
      title: 'Details',
      description: 'Shown below the question, in Markdown.',
      widget: 'prompt',
    }),
    fields: startConfig.shape.inputs.meta({
      title: 'Extra fields',
      description: 'Filled in with the decision; later steps read output.values.name.',
      widget: 'rows',
    }),
    role: z.enum(approvalRoles).default('editor').meta({
      title: 'Who may decide',
      description:
        'Members with this role or a higher one; where approvers are named, these alone.',
    }),
    people: z.array(personSchema).max(20).default([]).meta({
      title: 'Approvers',
      description:
        'Only these people may decide, and the owner; they alone are asked. Empty: everyone with the role.',
      widget: 'rows',
    }),
    expiresInHours: z.number().positive().max(8_760).optional().meta({
      title: 'Expires after',
      description: 'In hours; the run then continues at “Expired”. Empty: never.',
    }),
    remindEveryHours: z.number().positive().max(8_760).optional().meta({
      title: 'Remind every',
      description: 'In hours; everyone who may decide is notified again. Empty: notified once.',
    }),
    escalateAfterHours: z.number().positive().max(8_760).optional().meta({
      title: 'Escalate after',
      description: 'In hours; people with the role below are notified and may decide, too.',
    }),
    escalateTo: z.enum(approvalRoles).default('owner').meta({
      title: 'Escalate to',
      help: 'The role that is asked as well once that time has passed.',
    }),
  }),
  ports: (config) => (config.expiresInHours === undefined ? ports : [...ports, expired]),
  subtitle: (config) => config.question,
  sample: { decision: 'approved', by: 'Ana Ortiz', comment: '', values: {} },
  async run(context, config) {
    const question = await context.render(config.question);
    const details = await context.render(config.details);
    const decided = (decision: string, ports: string[], by: string | null, reason: string) => ({
      ok: true as const,
      output: { decision, by, comment: '', values: {} },
      ports,
      reason,
    });
    if (context.scope.run.mode === 'rehearsal') {
      const end = decided(
        'approved',
        ['approved'],
        null,
        'Rehearsed: approved without asking anyone.',
      );
      return suspend({ kind: 'timer', until: context.now(), end });
    }
    const { role, fields } = config;
    const people = config.people.map(({ person }) => person);
    const now = context.now();
    const memo = memoSchema.safeParse(context.memo);
    const { began, told } = memo.success ? memo.data : { began: now, told: 0 };
    const due = dueAt(config, began, told);
    const escalated = due.escalateAt !== undefined && now >= due.escalateAt;
    const { reached } = await context.notify({ role, people, text: question, key: `told-${told}` });
    if (escalated) {
      await context.notify({ role: config.escalateTo, text: question, key: 'escalated' });
    }
    const ask = {
      question,
      details,
      fields,
      people,
      ...decidedBy(config, { escalated, reached }),
    };
    const next = [due.remindAt, escalated ? undefined : due.escalateAt].filter(
      (at) => at !== undefined,
    );
    const again = next.length === 0 ? undefined : Math.min(...next);
    const end = decided('expired', ['expired'], null, 'No decision was made in time.');
    if (due.expireAt !== undefined && due.expireAt <= (again ?? due.expireAt)) {
      return suspend({ kind: 'person', ask, until: due.expireAt, end });
    }
    if (again === undefined) return suspend({ kind: 'person', ask });
    // Called again then, to tell people once more.
    const remembered = { began, told: told + 1 };
    return suspend({ kind: 'person', ask, until: again, end: { ok: 'again' }, memo: remembered });
  },
  asks: ({ question, details, fields, role, people: rows }) => {
    const people = rows.map(({ person }) => person);
    const by = { role, people, widened: false };
    return { by, ask: { question, details, fields, ...by } };
  },
  answer(ask, { by, value }) {
    const asked = approvalAskSchema.parse(ask);
    if (!mayDecide(asked, by)) throw new StepError('forbidden', `${decidersWords(asked)}.`);
    const given = approvalValueSchema.safeParse(value);
    if (!given.success) {
      const [issue] = given.error.issues;
      throw new StepError(
        'invalid_input',
        `${issue?.path.join('.') || 'answer'}: ${issue?.message}.`,
      );
    }
    const { decision, comment, values } = given.data;
    // A refusal needs no form.
    const checked =
      decision === 'approved' ? checkInput(asked.fields, values) : { ok: true as const, value: {} };
    if (!checked.ok) throw new StepError('invalid_input', checked.problems.join(' '));
    return {
      ok: true,
      output: { decision, by: by.name, comment, values: checked.value },
      ports: [decision],
      reason: `${decision === 'approved' ? 'Approved' : 'Rejected'} by ${by.name}${comment ? `: ${comment}` : '.'}`,
    };
  },
});
