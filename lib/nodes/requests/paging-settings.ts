import { z } from 'zod';

const kinds = ['off', 'link', 'url', 'cursor', 'page', 'offset'] as const;
const on = { field: 'paging', is: ['link', 'url', 'cursor', 'page', 'offset'] };

const ofResponse = { widget: 'expression', names: ['response'] };

/** How a list that comes in pages is read, as settings of a step. */
export const pagingSettings = {
  paging: z
    .enum(kinds)
    .default('off')
    .meta({
      title: 'Pages',
      description: 'Reads the pages of a list one after another, and joins their items.',
      labels: {
        off: 'Only this response',
        link: 'Next page in the Link header',
        url: 'Next page by its address',
        cursor: 'Cursor from the response',
        page: 'Page number',
        offset: 'Offset',
      },
    }),
  nextPage: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      ...ofResponse,
      title: 'Next page',
      description:
        'Its address or cursor, such as response.body.next. Empty or null: it was the last.',
      when: { field: 'paging', is: ['url', 'cursor'] },
    }),
  pageParameter: z
    .string()
    .max(200)
    .default('')
    .meta({
      title: 'Query parameter',
      description:
        'The name of the parameter that asks for a page. Empty: page, offset or cursor, as chosen above.',
      when: { field: 'paging', is: ['cursor', 'page', 'offset'] },
    }),
  firstPage: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1)
    .meta({
      title: 'First page',
      help: 'The number of the first page: 1, or 0 where a server counts from there.',
      when: { field: 'paging', is: 'page' },
    }),
  pageSize: z
    .int()
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      title: 'Items of a full page',
      description: 'A page with fewer is the last. Without it, an empty one is.',
      when: { field: 'paging', is: ['page', 'offset'] },
    }),
  items: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      ...ofResponse,
      title: 'Items',
      description: 'Such as response.body.items. Empty: the body, or the only list in it.',
      when: on,
    }),
  stopWhen: z
    .string()
    .max(2_000)
    .optional()
    .meta({
      ...ofResponse,
      title: 'Stop when',
      description: 'Such as response.body.has_more == false.',
      when: on,
      advanced: true,
    }),
  maxPages: z.int().min(1).max(1_000).default(10).meta({
    title: 'Maximum pages',
    help: 'Reading stops after so many pages, whatever follows.',
    when: on,
    advanced: true,
  }),
  maxItems: z.int().min(1).max(50_000).default(1_000).meta({
    title: 'Maximum items',
    help: 'Reading stops when there are so many; the rest is left out.',
    when: on,
    advanced: true,
  }),
};

const schema = z.object(pagingSettings);
export type Paging = z.infer<typeof schema>;
