import { createHmac, randomUUID } from 'node:crypto';
import type { HookAuth, HookAuthKind } from '@/lib/triggers/hook-auth';
import { sign } from '@/server/triggers/verify/signature';

/** A request as a sender makes it: the end of its address, and its headers. */
export type Sent = { end?: string; headers: Record<string, string> };

export type Sender = {
  auth: HookAuth;
  /** What the sender made; without it, the secret is ours. */
  secret?: string;
  /** What the sender sends for a body. `at` is in milliseconds. */
  send(secret: string, body: string, at: number): Sent;
  /** The headers, one at least, without which it is refused. */
  needs: readonly string[];
  /** Whether the time is signed. */
  timed: boolean;
};

const hmac = (secret: string, text: string, as: 'hex' | 'base64') =>
  createHmac('sha256', secret).update(text).digest(as);
const seconds = (at: number) => String(Math.floor(at / 1_000));

/** Senders of each kind, written from their documentation and not from our code. */
export const senders: Record<HookAuthKind, Sender> = {
  none: {
    auth: { kind: 'none' },
    send: (secret) => ({ end: `/${secret}`, headers: {} }),
    needs: [],
    timed: false,
  },
  header: {
    auth: { kind: 'header', name: 'X-Shop-Token' },
    send: (secret) => ({ headers: { 'x-shop-token': secret } }),
    needs: ['x-shop-token'],
    timed: false,
  },
  basic: {
    auth: { kind: 'basic', user: 'shop' },
    send: (secret) => ({
      headers: { authorization: `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}` },
    }),
    needs: ['authorization'],
    timed: false,
  },
  github: {
    auth: { kind: 'github' },
    send: (secret, body) => ({
      headers: {
        'x-github-event': 'push',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${hmac(secret, body, 'hex')}`,
      },
    }),
    needs: ['x-hub-signature-256'],
    timed: false,
  },
  stripe: {
    auth: { kind: 'stripe' },
    secret: 'whsec_MadeByStripe000000000000000000',
    send: (secret, body, at) => ({
      headers: {
        'stripe-signature': `t=${seconds(at)},v1=${hmac(secret, `${seconds(at)}.${body}`, 'hex')},v0=0`,
      },
    }),
    needs: ['stripe-signature'],
    timed: true,
  },
  shopify: {
    auth: { kind: 'shopify' },
    secret: 'shpss_00000000000000000000000000000000',
    send: (secret, body) => ({
      headers: {
        'x-shopify-topic': 'orders/create',
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-hmac-sha256': hmac(secret, body, 'base64'),
      },
    }),
    needs: ['x-shopify-hmac-sha256'],
    timed: false,
  },
  slack: {
    auth: { kind: 'slack' },
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    send: (secret, body, at) => ({
      headers: {
        'x-slack-request-timestamp': seconds(at),
        'x-slack-signature': `v0=${hmac(secret, `v0:${seconds(at)}:${body}`, 'hex')}`,
      },
    }),
    needs: ['x-slack-request-timestamp', 'x-slack-signature'],
    timed: true,
  },
  standard: {
    auth: { kind: 'standard' },
    send(secret, body, at) {
      const stamps = { id: randomUUID(), timestamp: seconds(at) };
      return {
        headers: {
          'webhook-id': stamps.id,
          'webhook-timestamp': stamps.timestamp,
          'webhook-signature': sign(secret, { ...stamps, body }),
        },
      };
    },
    needs: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    timed: true,
  },
};
