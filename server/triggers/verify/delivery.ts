import type { HookAuth } from '@/lib/triggers/hook-auth';
import { at } from '@/lib/values/unknown';

/** How the sender names a delivery, so that one that comes again starts no second run. */
export type DeliveryName = {
  id: string;
  /** The body must be the same, too: a sender who names two things alike is told so. */
  strict: boolean;
};

/**
 * The name of a delivery: by header, or in the body, as the sender has it. Of Stripe and Slack, which sign the time, what
 * has no name is named by its signature. Undefined where each request is one of its own.
 */
export function deliveryOf(
  { kind }: HookAuth,
  headers: Headers,
  body: unknown,
): DeliveryName | undefined {
  switch (kind) {
    case 'standard':
      return named(headers.get('webhook-id'), true);
    case 'github':
      return named(headers.get('x-github-delivery'));
    case 'shopify':
      return named(headers.get('x-shopify-webhook-id'));
    case 'stripe':
      return named(at(body, 'id')) ?? named(lastOf(headers.get('stripe-signature')));
    case 'slack':
      return (
        named(at(body, 'event_id')) ??
        named(at(body, 'trigger_id')) ??
        named(headers.get('x-slack-signature'))
      );
    case 'none':
    case 'header':
    case 'basic':
      return named(headers.get('idempotency-key') ?? headers.get('webhook-id'), true);
  }
}

function named(id: unknown, strict = false): DeliveryName | undefined {
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,150}$/.test(id)) return undefined;
  return { id, strict };
}

const lastOf = (signatures: string | null) => signatures?.slice(-100);

/** What a sender asks only to see whether somebody is there: what to answer, and what to note. */
export type Greeting = { answer: Record<string, unknown>; note: string };

/** GitHub's ping and Slack's check of a new address. They were verified as all else, and start nothing. */
export function greetingOf(
  { kind }: HookAuth,
  headers: Headers,
  body: unknown,
): Greeting | undefined {
  if (kind === 'github' && headers.get('x-github-event') === 'ping') {
    return { answer: { ok: true }, note: 'GitHub’s ping: the webhook is set up. No run starts.' };
  }
  const challenge = at(body, 'challenge');
  if (
    kind === 'slack' &&
    at(body, 'type') === 'url_verification' &&
    typeof challenge === 'string' &&
    challenge.length <= 1_000
  ) {
    return {
      answer: { challenge },
      note: 'Slack’s check of the address: answered. No run starts.',
    };
  }
  return undefined;
}
