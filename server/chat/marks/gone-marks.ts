import { markKey, readMarks, refOf } from '@/lib/chat/marks/mark';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import type { MessageRow } from '../store';
import { nameMark } from './name-marks';

/** Keys of what these messages name and what is not there any more for whoever reads them. */
export async function goneMarks(
  services: Pick<Services, 'prisma' | 'pool'>,
  actor: Actor,
  messages: readonly Pick<MessageRow, 'marks'>[],
): Promise<Set<string>> {
  const named = new Map(
    messages.flatMap(({ marks }) => readMarks(marks)).map((mark) => [markKey(mark), refOf(mark)]),
  );
  const gone = new Set<string>();
  // A few at a time: a long thread may name many things.
  const refs = [...named];
  for (let from = 0; from < refs.length; from += 8) {
    await Promise.all(
      refs.slice(from, from + 8).map(async ([key, ref]) => {
        if ((await nameMark(services, actor, ref)) === undefined) gone.add(key);
      }),
    );
  }
  return gone;
}
