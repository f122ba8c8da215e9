import { z } from 'zod';
import { afterReading } from '@/lib/mail/mailbox';

/** How often a mailbox may be looked at, in minutes. */
export const mailMinutes = [1, 5, 15, 60] as const;

const mailShape = {
  /** Name of the connection to the mailbox. */
  connection: z.string().trim().min(1, 'choose a mailbox').max(100),
  folder: z.string().trim().min(1, 'enter a folder').max(200).default('INBOX'),
  /** Only emails whose sender, or subject, contains this. */
  from: z.string().trim().max(500).default(''),
  subject: z.string().trim().max(500).default(''),
  everyMinutes: z.literal(mailMinutes).default(1),
  /** Whether the files of an email are kept. */
  files: z.boolean().default(true),
  /** What becomes of an email once its run has started. */
  after: z.enum(afterReading).default('leave'),
  moveTo: z.string().trim().max(200).default(''),
};

export const mailConfigSchema = z.strictObject(mailShape).superRefine(({ after, moveTo }, to) => {
  if (after !== 'move' || moveTo !== '') return;
  const message = 'enter the folder to which emails are moved';
  to.addIssue({ code: 'custom', path: ['moveTo'], message });
});
export type MailConfig = z.output<typeof mailConfigSchema>;

/** Settings as a row has them. */
export const storedMailConfig = z.object(mailShape);
