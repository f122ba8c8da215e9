/** Triggers as the palette of steps shows them: they are no steps, but people look for them there. */
export const findableTriggers = [
  {
    type: 'trigger-schedule',
    title: 'Schedule',
    summary: 'Starts the live version at set times.',
    group: 'Triggers',
    icon: 'calendar-clock',
    aliases: ['cron', 'timer', 'every day', 'daily', 'hourly', 'weekly', 'interval', 'recurring'],
  },
  {
    type: 'trigger-webhook',
    title: 'Webhook',
    summary: 'Starts the live version when another program calls its URL.',
    group: 'Triggers',
    icon: 'webhook',
    aliases: ['http trigger', 'incoming', 'callback', 'event', 'post', 'hook', 'endpoint'],
  },
  {
    type: 'trigger-chat',
    title: 'Chat',
    summary: 'Starts the live version with each message of a chat.',
    group: 'Triggers',
    icon: 'message-square',
    aliases: ['chat trigger', 'message', 'conversation', 'chatbot', 'talk'],
  },
  {
    type: 'trigger-form',
    title: 'Form',
    summary: 'Starts the live version when someone fills in its page.',
    group: 'Triggers',
    icon: 'clipboard-list',
    aliases: ['form trigger', 'survey', 'questionnaire', 'page', 'submit', 'intake', 'public form'],
  },
  {
    type: 'trigger-mail',
    title: 'Email received',
    summary: 'Starts the live version with each email that comes into a mailbox.',
    group: 'Triggers',
    icon: 'inbox',
    aliases: ['email trigger', 'imap', 'mailbox', 'inbox', 'incoming email', 'new email', 'mail'],
  },
] as const;

export type TriggerType = (typeof findableTriggers)[number]['type'];

/** Notes are no steps either. */
export const findableNote = {
  type: 'note',
  title: 'Note',
  summary: 'Text on the canvas that does nothing.',
  group: 'Flow',
  icon: 'file-text',
  aliases: ['comment', 'sticky', 'remark', 'description', 'documentation', 'annotation'],
} as const;
