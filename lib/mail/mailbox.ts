import type { ReceivedMail } from './received';

/** Which messages of a folder. Empty texts look at nothing. */
export type MailSearch = {
  /** Part of the sender's name or address. */
  from: string;
  subject: string;
  /** Anywhere in it. */
  words: string;
  unreadOnly: boolean;
  /** Received since then, in milliseconds since 1970: servers look at the day alone. */
  since?: number;
};

/** What becomes of a message once it was read. The names are stored. */
export const afterReading = ['leave', 'mark-read', 'move'] as const;

/** What a step asks of a mailbox. */
export type MailboxCall =
  | {
      do: 'read';
      connection: string;
      folder: string;
      search: MailSearch;
      newestFirst: boolean;
      limit: number;
      /** Whether the files of a message are wanted. */
      files: boolean;
    }
  | {
      do: 'finish';
      connection: string;
      folder: string;
      validity: string;
      uids: readonly number[];
      /** The folder to move them to; undefined: they are marked as read. */
      moveTo?: string | undefined;
    };

export type MailboxAnswer = {
  /** Changes when the server numbers the messages of the folder anew. */
  validity: string;
  messages: ReceivedMail[];
  /** How many more there are that fit. */
  more: number;
};
