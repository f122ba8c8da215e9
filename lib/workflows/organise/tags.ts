import { z } from 'zod';
import { nameSchema } from '@/lib/names/schema';

export const tagLimits = { count: 10, length: 40 } as const;

export const tagSchema = nameSchema(tagLimits.length);

const keyOf = (tag: string): string => tag.normalize('NFC').toLowerCase();

/** The same tags without those that differ from an earlier one in capitals only. */
export function distinctTags(tags: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const tag of tags) if (!first.has(keyOf(tag))) first.set(keyOf(tag), tag);
  return [...first.values()];
}

/** Tags with some more and without others, in the order in which they came. */
export function changeTags(
  tags: readonly string[],
  { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] },
): string[] {
  const gone = new Set(remove.map(keyOf));
  return distinctTags([...tags.filter((tag) => !gone.has(keyOf(tag))), ...add]);
}

/** All tags of a workflow. */
export const tagsSchema = z
  .array(tagSchema)
  .max(tagLimits.count, `use at most ${tagLimits.count} tags`)
  .overwrite(distinctTags);
