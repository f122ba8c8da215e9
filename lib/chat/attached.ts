import { z } from 'zod';

/** Files of one message at most, and those of a thread that its turns bring along. */
export const maxFiles = 10;
/** Agents that one message may ask. */
export const maxAgents = 5;
const maxBrought = 20;

/** A file as it was when its message was sent: its name stays when it is deleted. */
export const attachedFileSchema = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int(),
});
export type AttachedFile = z.infer<typeof attachedFileSchema>;

/** A file that a turn brings to its agent; one of an earlier message may be gone by now. */
export type BroughtFile = { id: string; name: string; earlier?: true };

/** Files out of a stored message; none where what is stored is no list of them. */
export const readAttached = (stored: unknown): AttachedFile[] =>
  z.array(attachedFileSchema).catch([]).parse(stored);

/** The files of a message and those of the messages before it, the newest first, each once. */
export function broughtFiles(
  own: readonly Pick<AttachedFile, 'id' | 'name'>[],
  before: readonly (readonly AttachedFile[])[],
): BroughtFile[] {
  const earlier = before.toReversed().flat();
  const seen = new Set<string>();
  const brought = [
    ...own.map(({ id, name }): BroughtFile => ({ id, name })),
    ...earlier.map(({ id, name }): BroughtFile => ({ id, name, earlier: true })),
  ];
  return brought.filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, maxBrought);
}

/** A message's text as later turns read it: with the names of what was sent along. */
export function withFileNames(text: string, files: readonly AttachedFile[]): string {
  if (files.length === 0) return text;
  const names = files.map(({ name }) => name).join(', ');
  return `${text}\n\n[Files sent with this message: ${names}]`.trimStart();
}
