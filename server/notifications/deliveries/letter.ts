import type { Mail } from '@/lib/mail/mail';
import type { NotificationKind } from '@/lib/notifications/contract';
import { notificationHref } from '@/lib/notifications/href';
import type { Letter } from './delivery-store';

const what: Record<NotificationKind, string> = {
  mentioned: 'mentioned you',
  replied: 'replied to a comment',
  resolved: 'resolved your thread',
  suggestion: 'reviewed your suggestion',
  asked: 'A run is waiting for your answer',
  failed: 'A run failed',
  waiting: 'A run waits for help',
  budget: 'A budget has passed its warning mark',
};
const byPeople: ReadonlySet<NotificationKind> = new Set([
  ...(['mentioned', 'replied', 'resolved', 'suggestion'] as const),
]);

/** The e-mail of a notification, in plain text: one line of what happened, the words, and where to look. */
export function mailOf(letter: Letter, text: string, connection: string, url: string): Mail {
  const { kind, actorName, workflowName, workspace } = letter;
  const happened =
    kind === null
      ? 'Test of notifications'
      : byPeople.has(kind)
        ? `${actorName ?? 'Somebody'} ${what[kind]}`
        : what[kind];
  const where = oneLine(workflowName ?? workspace);
  const words = kind === null ? 'Notifications of this workspace reach you by email.' : text.trim();
  const lines = [
    `${happened} in ${where}.`,
    ...(words === '' ? [] : ['', words]),
    ...['', `${url}${kind === null ? '/settings/notifications' : linkOf(letter)}`],
    ...[
      '',
      '--',
      `You get this as a member of ${oneLine(workspace)}. Choose what you get by email:`,
    ],
    `${url}/settings/notifications`,
  ];
  return {
    connection,
    to: [{ name: '', address: letter.email }],
    ...{ cc: [], bcc: [], replyTo: [], attachments: [] },
    subject: oneLine(`${where}: ${happened}`),
    text: lines.join('\n'),
  };
}

function linkOf({ subject, workflowId }: Letter): string {
  const idOf = (name: string) => {
    const value = subject[name];
    return typeof value === 'string' ? value : undefined;
  };
  return notificationHref({
    workflowId,
    ...{ threadId: idOf('threadId'), suggestionId: idOf('suggestionId') },
    ...{ runId: idOf('runId'), stepId: idOf('stepId') },
  });
}

const oneLine = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
