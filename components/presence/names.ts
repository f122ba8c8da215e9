import { useMemo, useRef } from 'react';
import { useMembers } from '@/components/data/people-queries';
import { type Session, useSession } from '@/components/session/session';
import { typeOf } from '@/lib/canvas/node-types';
import { productAuthor } from '@/lib/realtime/messages';
import { titleAt } from '@/lib/workflows/config-fields';
import type { Json } from '@/lib/workflows/draft/draft-value';
import type { Place } from '@/lib/workflows/merge/strategies';

export type NameOf = (author: string | undefined, client?: number) => string;

/** Names of authors: of those who are here by their tab, of other members by their id. The same function always. */
export function useNameOf(): NameOf {
  const session = useSession();
  const members = useMembers();
  const latest = useRef(members.data?.items);
  latest.current = members.data?.items;
  return useMemo(
    () => (author, client) => {
      if (author === productAuthor) return 'Ensemble';
      const here = session.people
        .get()
        .find(({ user, clientId }) => user.id === author || clientId === client);
      if (here) return here.user.name;
      const member = latest.current?.find(({ userId }) => userId === author);
      return member?.name ?? 'Someone';
    },
    [session],
  );
}

const titles: Record<string, string> = {
  name: 'the name',
  policy: 'Retries, errors and limits',
  disabled: 'whether it is disabled',
  color: 'the colour',
  group: 'the group',
  fixed: 'whether its position is pinned',
  pinnedOutput: 'the pinned output',
  timeoutMs: 'the timeout',
  description: 'the description',
};

/** What a field is called on the screen. */
export function fieldTitle({ graph }: Pick<Session, 'graph'>, { part, id, path }: Place): string {
  const [first = '', ...rest] = path;
  const node = part === 'nodes' ? graph.get().nodes.get(id) : undefined;
  const type = node && typeOf(node.type);
  if (first === 'config' && type) {
    const [field, row, ...inner] = rest;
    // Rows are named by id here, and by their place there.
    return titleAt(type, row === undefined ? rest : [field ?? '', 0, ...inner]);
  }
  return titles[first] ?? first;
}

/** A value in a few words. */
export function inWords(value: Json | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  if (value === true) return 'on';
  if (value === false) return 'off';
  const text = typeof value === 'string' ? `“${value}”` : modelOf(value);
  return text.length > 48 ? `${text.slice(0, 46)}…${typeof value === 'string' ? '”' : ''}` : text;
}

function modelOf(value: Json): string {
  const named = value !== null && typeof value === 'object' && !Array.isArray(value);
  return named && typeof value.model === 'string' ? value.model : JSON.stringify(value);
}
