import type { Message } from './contract';

/** A person's message with what was answered; the oldest one shown may lack its question. */
export type TurnMessages = { question?: Message; answers: Message[] };

/** Messages of a thread by turns, in their order. */
export function turnsOf(messages: readonly Message[]): TurnMessages[] {
  const turns: TurnMessages[] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'user') turns.push({ question: message, answers: [] });
    else if (last) last.answers.push(message);
    else turns.push({ answers: [message] });
  }
  return turns;
}
