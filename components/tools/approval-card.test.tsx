import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { api } from '@/components/testing/api';
import { idOf, sampleOf } from '@/components/testing/sample';
import { show } from '@/components/testing/show';
import { answerApproval, approvalSchema } from '@/lib/tools/contract';
import { ApprovalCard } from './approval-card';

const approval = sampleOf(approvalSchema, {
  ...{ id: idOf(1), tool: 'http_request', title: 'HTTP request', effect: 'once', state: 'asked' },
  ...{ agent: 'Clerk', args: { method: 'POST', url: 'https://shop.example' } },
  argsHash: 'a'.repeat(64),
  ask: { kind: 'approval', why: 'risk', text: 'This changes something.', expiresAt: 1 },
});
const answered = { id: idOf(1), state: 'approved' as const };

test('shows all that would be sent, and approves what was seen', async () => {
  api.on(answerApproval, answered);
  const { user } = show(<ApprovalCard approval={approval} />);
  expect(screen.getByRole('region', { name: 'Clerk wants to use “HTTP request”' })).toBeTruthy();
  expect(screen.getByText('https://shop.example')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Approve' }));
  await expect.poll(() => api.asked(answerApproval)).toHaveLength(1);
  expect(api.asked(answerApproval)[0]?.body).toEqual({
    ...{ do: 'approve', scope: 'once', argsHash: 'a'.repeat(64) },
  });
});

test('sends changed arguments, and not before they are JSON', async () => {
  api.on(answerApproval, answered);
  const { user } = show(<ApprovalCard approval={approval} />);
  await user.click(screen.getByRole('button', { name: 'Change the arguments' }));
  const field = screen.getByRole('textbox', { name: 'Arguments as JSON' });
  await user.clear(field);
  await user.type(field, '[[1');
  expect(screen.getByRole('button', { name: 'Approve with these' }).hasAttribute('disabled')).toBe(
    true,
  );
  await user.clear(field);
  await user.type(field, '{{"method":"GET"}');
  await user.click(screen.getByRole('button', { name: 'Approve with these' }));
  await expect.poll(() => api.asked(answerApproval)).toHaveLength(1);
  expect(api.asked(answerApproval)[0]?.body).toMatchObject({ args: { method: 'GET' } });
});

test('keeps what was typed while the card is away, until it is answered', async () => {
  api.on(answerApproval, answered);
  const first = show(<ApprovalCard approval={approval} />);
  await first.user.click(screen.getByRole('button', { name: 'Change the arguments' }));
  const field = () => screen.getByRole('textbox', { name: 'Arguments as JSON' });
  await first.user.clear(field());
  await first.user.type(field(), '{{"method":"PUT"}');
  first.unmount();
  const second = show(<ApprovalCard approval={approval} />);
  expect(field()).toHaveProperty('value', '{"method":"PUT"}');
  await second.user.click(screen.getByRole('button', { name: 'Approve with these' }));
  await expect.poll(() => api.asked(answerApproval)).toHaveLength(1);
  second.unmount();
  show(<ApprovalCard approval={approval} />);
  await expect.poll(() => screen.queryByRole('textbox', { name: 'Arguments as JSON' })).toBeNull();
});

test('refuses with a word to the agent', async () => {
  api.on(answerApproval, { ...answered, state: 'refused' });
  const { user } = show(<ApprovalCard approval={approval} />);
  await user.type(screen.getByRole('textbox', { name: 'Word to the agent' }), 'Not yet.');
  await user.click(screen.getByRole('button', { name: 'Refuse' }));
  await expect
    .poll(() => api.asked(answerApproval)[0]?.body)
    .toEqual({
      ...{ do: 'refuse', note: 'Not yet.' },
    });
});

test('lets viewers approve nothing', () => {
  show(<ApprovalCard approval={approval} />, { role: 'viewer' });
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  expect(screen.getByText('An editor has to approve this.')).toBeTruthy();
});
