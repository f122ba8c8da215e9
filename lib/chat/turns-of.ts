import type { Message } from './message';

/** A person's message with what was answered; the oldest one shown may lack its question. */
/** Or a command, which stands for itself. */
export type TurnMessages = { question?: Message; answers: Message[]; command?: Message };

/** Messages of a thread by turns, in their order. */
export function turnsOf(messages: readonly Message[]): TurnMessages[] {
  const turns: TurnMessages[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'command') turns.push({ command: message, answers: [] });
    else if (message.role === 'user') turns.push({ question: message, answers: [] });
    else if (last && last.command === undefined) last.answers.push(message);
    else turns.push({ answers: [message] });
  }
  return turns;
}
