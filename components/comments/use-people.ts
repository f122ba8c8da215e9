'use client';

import { useMemo } from 'react';
import { useMembers } from '@/components/data/people-queries';
import type { Mentionable } from '@/lib/comments/mentions';

const nobody: readonly Mentionable[] = [];

/** Members of the workspace, who can be mentioned. */
export function usePeople(): readonly Mentionable[] {
  const { data } = useMembers();
  return useMemo(
    () => data?.items.map(({ userId, name, email }) => ({ id: userId, name, email })) ?? nobody,
    [data],
  );
}
