'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMutation } from '@/components/data/mutation/mutation';
import { importAgent } from '@/lib/agents/file/contract';
import { call } from './call';
import { keys } from './queries';

type Asked = { file: Record<string, unknown>; check: boolean };

/** Makes an agent of a file; with `check`, only says what that would be. */
export function useImportAgent() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ file, check }: Asked) =>
      call(importAgent, { query: check ? { check: 'true' } : {}, body: { file } }),
    onSuccess: (_, { check }) => {
      if (!check) void client.invalidateQueries({ queryKey: [...keys.agents] });
    },
  });
}
