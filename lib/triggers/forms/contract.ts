import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';
import { linkTokenSchema } from '../link';
import { formViewSchema, submissionSchema } from './schema';

const params = z.strictObject({ token: linkTokenSchema });
const tag = 'Forms';

export const showForm = defineRoute({
  id: 'forms.get',
  method: 'GET',
  path: '/forms/{token}',
  summary: 'A form that was shared by link: its texts and fields.',
  tag,
  permission: 'anyone',
  params,
  result: formViewSchema,
});
export const submitForm = defineRoute({
  id: 'forms.submit',
  method: 'POST',
  path: '/forms/{token}',
  summary:
    'Send a form: each answer and file as a part named after its field, `$key` (a UUID: the same one again is the same submission) and `$shape` of the form. Starts one run.',
  tag,
  permission: 'anyone',
  accepts: ['multipart/form-data'],
  params,
  body: z.unknown(),
  result: z.strictObject({ submission: z.uuid() }),
  status: 202,
});
export const showSubmission = defineRoute({
  id: 'forms.submission',
  method: 'GET',
  path: '/forms/{token}/submissions/{submission}',
  summary: 'How a submission stands, and the result that the form shows.',
  tag,
  permission: 'anyone',
  params: params.extend({ submission: z.uuid() }),
  result: submissionSchema,
});
export const formContracts = [showForm, submitForm, showSubmission];
