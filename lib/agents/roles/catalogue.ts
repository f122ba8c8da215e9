// Written by `npm run catalog`. Add a file beside this one instead of changing it.
import type { Role } from '../define-role';
import analystEntry from './analyst';
import assistantEntry from './assistant';
import reviewerEntry from './reviewer';
import writerEntry from './writer';

/** Every built-in agent role by its handle. */
export const catalogue: Readonly<Record<string, Role>> = {
  analyst: analystEntry,
  assistant: assistantEntry,
  reviewer: reviewerEntry,
  writer: writerEntry,
};
