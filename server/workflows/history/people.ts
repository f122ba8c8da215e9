import type { HistoryPerson } from '@/lib/history/contract';
import type { Services } from '@/server/services';
import { namesOf } from './store';

/** Finds people by id, for lists that show their names: null for nobody, and for who is gone. */
export async function peopleOf(
  { pool }: Pick<Services, 'pool'>,
  ids: Iterable<string | null>,
): Promise<(id: string | null) => HistoryPerson | null> {
  const names = await namesOf(pool, ids);
  return (id) => {
    const name = id === null ? undefined : names.get(id);
    return id === null || name === undefined ? null : { id, name };
  };
}
