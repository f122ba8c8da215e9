import type { Message } from './message';

/** A thread as a Markdown document: who said what, with the names of files, in order. */
export function threadMarkdown(title: string, messages: readonly Message[]): string {
  const parts = messages.map(({ authorName, createdAt, text, files, role, command, run }) => {
    const when = createdAt.slice(0, 16).replace('T', ' ');
    const attached = files.map(({ name }) => `- File: ${name}`);
    const failed = run?.status === 'failed' || run?.status === 'cancelled';
    const body = [
      role === 'command' ? `\`${text.replaceAll('`', "'")}\`` : text,
      ...(command === undefined ? [] : [command.result]),
      ...(attached.length === 0 ? [] : [attached.join('\n')]),
      ...(failed ? [`_${run.error?.message ?? 'The answer was stopped here.'}_`] : []),
    ];
    return `## ${authorName}, ${when} UTC\n\n${body.filter((one) => one !== '').join('\n\n')}`;
  });
  return `# ${title}\n\n${parts.join('\n\n')}\n`;
}
