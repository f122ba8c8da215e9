import type { ConnectionDraft } from './connection-draft';

/** What a new connection begins with that is added from a step of this type. */
export const stepPresets: Readonly<Record<string, Partial<ConnectionDraft>>> = {
  'post-to-slack': {
    ...{ name: 'slack', kind: 'api_key', in: 'path', place: 'webhook', hosts: 'hooks.slack.com' },
  },
  'send-webhook': { kind: 'signature' },
};
