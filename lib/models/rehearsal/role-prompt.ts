const head = 'Your role, for all that follows:\n';
const tail = '\n\nThe task:';

/** Instructions that stand in a message before its task, where no agent has them yet. */
export const roleText = (instructions: string): string => `${head}${instructions}${tail}`;

/** A message without such instructions: they are nothing to answer with. */
export function withoutRole(message: string): string {
  if (!message.startsWith(head)) return message;
  const end = message.lastIndexOf(tail);
  return end === -1 ? message : message.slice(end + tail.length).trimStart();
}
