import { z } from 'zod';
import { defineRoute } from '@/lib/api/define-route';

export const hitKinds = [
  'workflow',
  'step',
  'run',
  'agent',
  'thread',
  'connection',
  'member',
  'docs',
] as const;
export type HitKind = (typeof hitKinds)[number];

export const hitSchema = z.strictObject({
  kind: z.enum(hitKinds),
  /** Of the thing; of a step its workflow’s, a space and its own. */
  id: z.string(),
  title: z.string(),
  /** Where it is, or what it is about, in a few words. */
  detail: z.string(),
  /** The page that shows it. */
  href: z.string(),
});
export type Hit = z.infer<typeof hitSchema>;

export const search = defineRoute({
  id: 'search',
  method: 'GET',
  path: '/search',
  summary:
    'Find workflows (by name, description, tags and names of steps), runs (by the beginning of their id, or their workflow), agents, chat threads, connections, members and pages of the manual that you may read.',
  tag: 'Search',
  permission: 'workspace.read',
  query: z.strictObject({
    /** Words that must all be there, in parts or whole. */
    q: z.string().trim().min(1).max(200),
    /** Hits of each kind. */
    limit: z.coerce.number().int().min(1).max(20).default(8),
  }),
  result: z.strictObject({ hits: z.array(hitSchema) }),
});
export const searchContracts = [search];
