import { z } from 'zod';
import { matchBys } from '@/lib/memory/match-by';
import { defineNode, StepError } from '../node-type/define-node';
import { memorySettings, sampleEntry, spaceNamed } from './memory-settings';

export default defineNode({
  type: 'recall',
  kind: 'task',
  title: 'Recall',
  summary: 'Reads from memory: the value at a path, all below one, or what fits a question.',
  group: 'Data',
  icon: 'brain',
  aliases: [
    ...['memory', 'recall', 'read memory', 'get', 'lookup', 'key value', 'search memory', 'state'],
    ...['retrieve', 'knowledge', 'long term memory'],
  ],
  config: z.strictObject({
    ...memorySettings,
    by: z
      .enum(['path', 'below', 'words'])
      .default('path')
      .meta({
        title: 'Find',
        help: 'One entry by its path, all entries below a path, or those that fit a question by its words and its meaning.',
        labels: { path: 'One entry', below: 'All below a path', words: 'What fits' },
      }),
    path: z
      .string()
      .max(2_000)
      .default('')
      .meta({
        title: 'Path',
        description: 'Such as customers/{{ input.customer }}. Below: empty for all.',
        widget: 'template',
        when: { field: 'by', is: ['path', 'below'] },
      }),
    words: z
      .string()
      .max(8_000)
      .default('')
      .meta({
        title: 'What it is about',
        description: 'Some words or a question. Beginnings of words are enough.',
        widget: 'template',
        when: { field: 'by', is: 'words' },
      }),
    match: z
      .enum(matchBys)
      .default('both')
      .meta({
        title: 'Match',
        help: 'Meaning finds “reimbursement” where “money back” stands. Its model knows English; names, numbers and other languages are found by their words.',
        labels: { both: 'Words and meaning', words: 'Words alone', meaning: 'Meaning alone' },
        advanced: true,
        when: { field: 'by', is: 'words' },
      }),
    limit: z
      .int()
      .min(1)
      .max(50)
      .default(10)
      .meta({
        title: 'At most',
        description: 'Entries.',
        when: { field: 'by', is: ['below', 'words'] },
      }),
  }),
  subtitle: (config) => (config.by === 'words' ? config.words : config.path),
  sample: { found: true, ...sampleEntry, entries: [sampleEntry] },
  async run(context, config) {
    const space = await spaceNamed(context, config);
    const [path, words] = [
      (await context.render(config.path)).trim(),
      (await context.render(config.words)).trim(),
    ];
    if (config.by === 'path' && path === '') throw new StepError('invalid_path', 'Enter a path.');
    if (config.by === 'words' && words === '')
      throw new StepError('invalid_value', 'Enter some words.');
    const { limit, match } = config;
    const { found, entry, entries } = await context.service(
      'memory',
      config.by === 'path'
        ? { do: 'get', space, path }
        : config.by === 'below'
          ? { do: 'list', space, under: path, limit }
          : { do: 'search', space, q: words, limit, by: match },
    );
    if (!found) context.note?.('Nothing was found in this memory.');
    return {
      found,
      path: entry?.path ?? path,
      value: entry?.value ?? null,
      version: entry?.version ?? 0,
      updatedAt: entry?.updatedAt ?? null,
      entries,
    };
  },
});
