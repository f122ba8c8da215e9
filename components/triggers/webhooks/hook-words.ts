import type { HookAuthKind } from '@/lib/triggers/hook-auth';

type Words = {
  title: string;
  /** What it asks of the sender. */
  hint: string;
  /** What the secret is called there. */
  secret: string;
  /** What to do with the address and the secret. */
  setUp: string;
};

export const hookWords: Record<HookAuthKind, Words> = {
  none: {
    title: 'Secret URL',
    hint: 'Whoever knows the URL can send. For senders that can do nothing else.',
    secret: 'URL',
    setUp: 'Paste the URL where the sender asks for it. Treat it like a password.',
  },
  header: {
    title: 'Header with a secret',
    hint: 'The sender puts the secret in a header of your choice.',
    secret: 'Secret',
    setUp: 'Give the sender the URL, the header’s name and the secret.',
  },
  basic: {
    title: 'User name and password',
    hint: 'HTTP Basic authentication.',
    secret: 'Password',
    setUp: 'Give the sender the URL, the user name and the password.',
  },
  github: {
    title: 'GitHub',
    hint: 'Checks X-Hub-Signature-256. A ping is answered and starts no run.',
    secret: 'Secret',
    setUp:
      'In GitHub: Settings → Webhooks → Add webhook. Paste the URL and the secret, and choose the content type application/json.',
  },
  stripe: {
    title: 'Stripe',
    hint: 'Checks Stripe-Signature. Each event starts one run.',
    secret: 'Signing secret',
    setUp:
      'In Stripe: Developers → Webhooks → Add endpoint with this URL. Then enter the signing secret that Stripe shows (whsec_…).',
  },
  shopify: {
    title: 'Shopify',
    hint: 'Checks X-Shopify-Hmac-Sha256.',
    secret: 'Signing secret',
    setUp:
      'In Shopify: Settings → Notifications → Webhooks → Create webhook with this URL. Then enter the secret that Shopify shows there; for an app’s webhooks, the app’s client secret.',
  },
  slack: {
    title: 'Slack',
    hint: 'Checks X-Slack-Signature. Slack’s check of the URL is answered and starts no run.',
    secret: 'Signing secret',
    setUp:
      'Enter the signing secret of your Slack app (Basic Information → App Credentials) first. Then paste the URL under Event Subscriptions, Interactivity or Slash Commands.',
  },
  standard: {
    title: 'Standard Webhooks',
    hint: 'Checks webhook-id, webhook-timestamp and webhook-signature.',
    secret: 'Secret',
    setUp: 'Give the sender the URL and the secret. Libraries exist for most languages.',
  },
};
