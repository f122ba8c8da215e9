import { z } from 'zod';
import { type CodeEnd, type CodeFault, type ConsoleLine, codeLimits } from '@/lib/code/code-job';
import { namesRead } from '@/lib/code/names-read';
import { defineNode, StepError } from '../node-type/define-node';

const { timeoutMs, memoryMb, sourceCharacters } = codeLimits;

export default defineNode({
  type: 'code',
  kind: 'task',
  title: 'Code',
  summary: 'Runs JavaScript on the data, in a sandbox without network, files or secrets.',
  group: 'Data',
  icon: 'code',
  aliases: ['javascript', 'js', 'script', 'function', 'python', 'program', 'custom', 'typescript'],
  config: z.strictObject({
    source: z
      .string({ error: 'Enter the code.' })
      .min(1, 'Enter the code.')
      .max(sourceCharacters)
      .meta({
        title: 'JavaScript',
        description:
          'Reads input, steps and run; what it returns is the output. require("lodash"), require("dayjs") and require("yaml") are there.',
        placeholder: 'return steps.read_orders.output.rows.length;',
        widget: 'code',
      }),
    timeoutMs: z.int().min(timeoutMs.min).max(timeoutMs.max).default(timeoutMs.usual).meta({
      title: 'Timeout (ms)',
      description: 'The code is stopped after this time.',
      advanced: true,
      merge: 'max',
    }),
    memoryMb: z.int().min(memoryMb.min).max(memoryMb.max).default(memoryMb.usual).meta({
      title: 'Memory (MB)',
      description: 'The code is stopped when its values take more.',
      advanced: true,
      merge: 'max',
    }),
  }),
  sample: {},
  subtitle: ({ source }) => source.trim().split('\n', 1)[0]?.slice(0, 80) ?? '',
  async run(context, config) {
    const { names, ...scope } = context.scope;
    const end = await context.code({ ...config, names: namesRead(config.source, scope, names) });
    if (end.console.length > 0) context.note?.(consoleText(end.console));
    if (end.ok) return end.value;
    throw new StepError(codeOf(end.fault), sentenceOf(end), { retryable: end.fault === 'busy' });
  },
});

const codeOf = (fault: CodeFault): string => `code_${fault}`;

/** A failure as people read it, with the line where it happened. */
export function sentenceOf({ message, line }: Extract<CodeEnd, { ok: false }>): string {
  return line === undefined ? message : `Line ${line}: ${message}`;
}

const consoleText = (lines: readonly ConsoleLine[]): string =>
  ['Console:', ...lines.map(({ level, text }) => (level === 'log' ? text : `${level}: ${text}`))]
    .join('\n')
    .slice(0, 4_000);
