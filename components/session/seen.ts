import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { Session } from './session';

/** The state vector of what this person sees: the server waits until its draft holds that. */
export const seenOf = ({ copy }: Session): string => toBase64(Y.encodeStateVector(copy.doc));
