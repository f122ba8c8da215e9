import type { ProviderKeyView } from '@/lib/models/contract';

type Stored = { name: string; hint: string; triedAt: Date | null; problem: string | null };

/** A key as those who manage keys see it. One without any trial on record was stored before trials were. */
export function viewKey({ name, hint, triedAt, problem }: Stored): ProviderKeyView {
  const state = triedAt === null ? 'untried' : problem === null ? 'tried' : 'rejected';
  return {
    ...{ name, hint, state },
    triedAt: triedAt?.toISOString() ?? null,
    ...(problem === null ? {} : { problem }),
  };
}
