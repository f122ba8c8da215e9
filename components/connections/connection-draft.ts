import type { NewConnection } from '@/components/data/connection-queries';
import type { Connection } from '@/lib/connections/contract';
import type { ConnectionKind } from '@/lib/connections/schema';

/** A connection as it stands in the form: texts, whatever the kind. */
export type ConnectionDraft = {
  name: string;
  kind: ConnectionKind;
  hosts: string;
  testUrl: string;
  in: 'header' | 'query';
  /** Name of the header or query parameter. */
  place: string;
  userName: string;
  secret: string;
};

export function draftOf(given?: Connection): ConnectionDraft {
  const { name = '', kind = 'api_key', config } = given ?? {};
  return {
    name,
    kind,
    hosts: config?.hosts.join('\n') ?? '',
    testUrl: config?.testUrl ?? '',
    in: given?.kind === 'api_key' ? given.config.in : 'header',
    place: given?.kind === 'api_key' ? given.config.name : 'X-API-Key',
    userName: given?.kind === 'basic' ? given.config.userName : '',
    secret: '',
  };
}

/** The kind with its settings, as the API takes them. */
export function settingsOf(draft: ConnectionDraft) {
  const testUrl = draft.testUrl.trim();
  const reach = {
    hosts: draft.hosts.split(/[\s,]+/).filter((host) => host !== ''),
    ...(testUrl === '' ? {} : { testUrl }),
  };
  switch (draft.kind) {
    case 'api_key':
      return {
        kind: draft.kind,
        config: { ...reach, in: draft.in, name: draft.place.trim() },
      };
    case 'bearer':
      return { kind: draft.kind, config: reach };
    case 'basic':
      return { kind: draft.kind, config: { ...reach, userName: draft.userName } };
  }
}

export function newConnectionOf(draft: ConnectionDraft): NewConnection {
  return { ...settingsOf(draft), name: draft.name.trim(), secret: draft.secret };
}

/** Whether something is missing that the server would ask for. */
export function isIncomplete(draft: ConnectionDraft, isNew: boolean): boolean {
  const needed = [draft.name, draft.hosts, ...(isNew ? [draft.secret] : [])];
  if (draft.kind === 'api_key') needed.push(draft.place);
  return needed.some((text) => text.trim() === '');
}
