import { isAppError } from '@/lib/api/errors';
import { linkTokenSchema } from '@/lib/triggers/link';

/** What the page of a link shows: what was found, or why nothing is shown. */
export type Opened<T> =
  | { outcome: 'found'; found: T }
  /** Only members may open it, and nobody is signed in. */
  | { outcome: 'sign-in' }
  /** Only members may open it, and somebody else is signed in. */
  | { outcome: 'foreign' }
  | { outcome: 'nothing' };

/** Opens a link for its page; `open` finds nothing by throwing `not_found`. */
export async function openPage<T>(token: string, open: () => Promise<T>): Promise<Opened<T>> {
  if (!linkTokenSchema.safeParse(token).success) return { outcome: 'nothing' };
  try {
    return { outcome: 'found', found: await open() };
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (error.code === 'unauthenticated') return { outcome: 'sign-in' };
    if (error.code === 'forbidden') return { outcome: 'foreign' };
    if (error.code === 'not_found') return { outcome: 'nothing' };
    throw error;
  }
}
