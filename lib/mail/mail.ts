import type { Mailbox } from './addresses';

/** A message as a step hands it over, to be sent once. */
export type Mail = {
  /** Name of the connection that sends it. */
  connection: string;
  /** The sender; without one the connection's. */
  from?: Mailbox;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  replyTo: Mailbox[];
  subject: string;
  text: string;
  html?: string;
  attachments: { name: string; mediaType: string; bytes: Uint8Array }[];
};

export type SentMail = {
  messageId: string;
  /** Addresses that the server took, and those it refused. */
  accepted: string[];
  rejected: string[];
};

/** Recipients of one message, and what it may weigh. */
export const maxRecipients = 100;
export const maxMailBytes = 20 * 1_048_576;
