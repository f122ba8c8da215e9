import { defineService, inBody, json, must, operation } from './define-service';

const okAt = { ok: ['ok'], error: ['description'] };
const chat = inBody('chat_id', 'Chat', {
  ...must,
  description: 'Its ID, or @name of a public channel.',
});
const mode = inBody('parse_mode', 'Format', { options: ['MarkdownV2', 'HTML', 'Markdown'] });
const quiet = inBody('disable_notification', 'Without a sound', { type: 'boolean' });
const reply = inBody('reply_to', 'Answer to message', {
  type: 'integer',
  at: ['reply_parameters', 'message_id'],
});
const buttons = inBody('reply_markup', 'Buttons', {
  type: 'object',
  description: 'Such as {"inline_keyboard":[[{"text":"Open","url":"https://example.com"}]]}.',
});
const message = { message_id: 1, date: 0, chat: { id: 0, type: 'private' }, text: '' };
const bot = { body: json, okAt };

export default defineService({
  name: 'telegram',
  title: 'Telegram',
  description: 'Messages of a Telegram bot.',
  aliases: ['bot', 'chat', 'message'],
  docs: 'https://core.telegram.org/bots/api',
  serverUrl: 'https://api.telegram.org',
  auth: [
    {
      kind: 'api_key',
      in: 'path',
      name: 'token',
      hosts: ['api.telegram.org'],
      help: 'The token of a bot, from @BotFather. It is put into the path of the address.',
    },
  ],
  operations: [
    operation('send-message', 'Send a message', 'POST /bot{token}/sendMessage', {
      ...bot,
      fields: [
        chat,
        inBody('text', 'Text', { ...must, description: 'At most 4,096 characters.' }),
        ...[mode, quiet, reply, buttons],
        inBody('message_thread_id', 'Topic', { type: 'integer' }),
      ],
      returns: { ok: true, result: message },
    }),
    operation('send-photo', 'Send a photo by its address', 'POST /bot{token}/sendPhoto', {
      ...bot,
      fields: [
        chat,
        inBody('photo', 'Photo', {
          ...must,
          description: 'An address or the file_id of a photo on Telegram.',
        }),
        inBody('caption', 'Caption', { description: 'At most 1,024 characters.' }),
        ...[mode, quiet, reply, buttons],
      ],
      returns: { ok: true, result: { ...message, photo: [{ file_id: '' }] } },
    }),
    operation('send-document', 'Send a file by its address', 'POST /bot{token}/sendDocument', {
      ...bot,
      fields: [
        chat,
        inBody('document', 'File', {
          ...must,
          description: 'An address (PDF or ZIP) or the file_id of a file on Telegram.',
        }),
        inBody('caption', 'Caption'),
        ...[mode, quiet, reply],
      ],
      returns: { ok: true, result: { ...message, document: { file_id: '' } } },
    }),
    operation('edit-message', 'Change a message', 'POST /bot{token}/editMessageText', {
      ...bot,
      fields: [
        chat,
        inBody('message_id', 'Message', { ...must, type: 'integer' }),
        inBody('text', 'Text', must),
        mode,
        buttons,
      ],
      returns: { ok: true, result: message },
    }),
    operation('delete-message', 'Delete a message', 'POST /bot{token}/deleteMessage', {
      ...bot,
      fields: [chat, inBody('message_id', 'Message', { ...must, type: 'integer' })],
      returns: { ok: true, result: true },
    }),
    operation(
      'answer-button',
      'Answer the press of a button',
      'POST /bot{token}/answerCallbackQuery',
      {
        ...bot,
        fields: [
          inBody('callback_query_id', 'Press', must),
          inBody('text', 'Text'),
          inBody('show_alert', 'As an alert', { type: 'boolean', fallback: 'false' }),
        ],
        returns: { ok: true, result: true },
      },
    ),
    operation('get-updates', 'Read new messages', 'POST /bot{token}/getUpdates', {
      ...bot,
      description:
        'Only while the bot has no webhook. Reading from an offset confirms all before it.',
      fields: [
        inBody('offset', 'From update', {
          type: 'integer',
          description: 'One more than the last update_id.',
        }),
        inBody('limit', 'Limit', { type: 'integer', fallback: '100' }),
        inBody('allowed_updates', 'Kinds', {
          type: 'list',
          description: 'Such as message, callback_query.',
        }),
      ],
      returns: { ok: true, result: [{ update_id: 1, message }] },
    }),
    operation('get-chat', 'Get a chat', 'POST /bot{token}/getChat', {
      ...bot,
      reads: true,
      fields: [chat],
      returns: { ok: true, result: { id: 0, type: 'private', title: '' } },
    }),
  ],
});
