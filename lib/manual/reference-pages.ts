import type { ManualGroup } from './groups';

/** The part of an address that stands for a tag of the API: `API keys` is `api-keys`. */
export function tagPath(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}

/** Pages of the documentation that are drawn from code. */
export const fixedPages: readonly {
  title: string;
  group: ManualGroup;
  href: string;
  summary: string;
  /** Words by which people look for it. */
  words: string;
}[] = [
  {
    title: 'Webhooks',
    group: 'Connect',
    href: '/docs/webhooks',
    summary: 'Another program sends a request, and each request starts a run.',
    words:
      'webhook request url payload body header query signature verify secret hmac GitHub Stripe Slack Shopify respond response test listen rejected 401 delivery',
  },
  {
    title: 'Steps',
    group: 'Reference',
    href: '/docs/nodes',
    summary: 'Every step with all its settings and an example of its output.',
    words: 'nodes node types settings reference',
  },
  {
    title: 'Functions',
    group: 'Reference',
    href: '/docs/functions',
    summary: 'Every function of expressions, with input and output.',
    words: 'expressions formulas cel function reference',
  },
  {
    title: 'API: first steps',
    group: 'Reference',
    href: '/docs/api',
    summary: 'From a file to a finished run with curl; keys, lists, retries and errors.',
    words: 'rest http curl openapi api key bearer authentication idempotency errors program',
  },
];
