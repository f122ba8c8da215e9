import type { Sender } from './schema';

type Message = {
  id: string;
  sender: Sender;
  type: string;
  body: unknown;
  /** What it answers, as it was sent. */
  answers?: unknown;
  wantsReply: boolean;
};

const longest = 4_000;

/** A message as the task that it is for its agent. */
export function taskText({ id, sender, type, body, answers, wantsReply }: Message): string {
  const from =
    sender.kind === 'person'
      ? sender.name
      : sender.agent === undefined
        ? `the step “${sender.name}” of a workflow`
        : `the agent @${sender.agent}`;
  return [
    `You have a message from ${from}. Type: ${type}. Id: ${id}.`,
    ...(answers === undefined
      ? []
      : [
          `It answers what you sent before:\n<sent>\n${textOf(answers).slice(0, longest)}\n</sent>`,
        ]),
    `<message>\n${textOf(body)}\n</message>`,
    wantsReply
      ? 'What you answer at the end goes back to them as the reply.'
      : 'Nobody waits for a reply. Do what it asks, and end with what came of it.',
  ].join('\n\n');
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '');
