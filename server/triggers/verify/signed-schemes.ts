import { missing } from './plain-schemes';
import { type Head, hmacOf, isSame, refuseTime, type Scheme } from './scheme';

const wrongIn = (header: string) =>
  `The signature in ${header} does not fit: the secret is another one, or the body was changed on its way.`;

const has = (name: string, form: RegExp) => (head: Head) => {
  const value = head.headers.get(name);
  if (value === null) return missing(name);
  return form.test(value) ? undefined : `The header ${name} does not hold such a signature.`;
};

/** GitHub: the HMAC-SHA256 of the body in hexadecimal, after `sha256=`. */
export const githubScheme: Scheme = {
  signsBody: true,
  refuse: has('X-Hub-Signature-256', /^sha256=[0-9a-f]{64}$/i),
  proves: (secret, { headers }, body) =>
    isSame(
      `sha256=${hmacOf(secret, body).toString('hex')}`,
      (headers.get('x-hub-signature-256') ?? '').toLowerCase(),
    ),
  wrong: wrongIn('X-Hub-Signature-256'),
};

/** Shopify: the HMAC-SHA256 of the body in Base64. */
export const shopifyScheme: Scheme = {
  signsBody: true,
  refuse: has('X-Shopify-Hmac-Sha256', /^[A-Za-z0-9+/]{43}=$/),
  proves: (secret, { headers }, body) =>
    isSame(hmacOf(secret, body).toString('base64'), headers.get('x-shopify-hmac-sha256') ?? ''),
  wrong: wrongIn('X-Shopify-Hmac-Sha256'),
};

/** Slack: `v0=` and the HMAC-SHA256 of `v0:time:body` in hexadecimal, with the time in a header of its own. */
export const slackScheme: Scheme = {
  signsBody: true,
  refuse(head) {
    const time = head.headers.get('x-slack-request-timestamp');
    if (time === null) return missing('X-Slack-Request-Timestamp');
    return (
      has('X-Slack-Signature', /^v0=[0-9a-f]{64}$/i)(head) ??
      refuseTime(time, head.now, 'X-Slack-Request-Timestamp')
    );
  },
  proves(secret, { headers }, body) {
    const signed = hmacOf(secret, `v0:${headers.get('x-slack-request-timestamp') ?? ''}:`, body);
    const given = (headers.get('x-slack-signature') ?? '').toLowerCase();
    return isSame(`v0=${signed.toString('hex')}`, given);
  },
  wrong: wrongIn('X-Slack-Signature'),
};

/** Stripe: `t=time,v1=signature`, where each of the signatures is the HMAC-SHA256 of `time.body` in hexadecimal. */
export const stripeScheme: Scheme = {
  signsBody: true,
  refuse(head) {
    const value = head.headers.get('stripe-signature');
    if (value === null) return missing('Stripe-Signature');
    const { time, signatures } = stripeParts(value);
    if (signatures.length === 0) return 'The header Stripe-Signature holds no signature v1.';
    return refuseTime(time, head.now, 'Stripe-Signature');
  },
  proves(secret, { headers }, body) {
    const { time, signatures } = stripeParts(headers.get('stripe-signature') ?? '');
    const right = hmacOf(secret, `${time}.`, body).toString('hex');
    // Several while the sender changes its secret. All of them are looked at, so that the time tells nothing.
    return signatures.map((one) => isSame(right, one.toLowerCase())).includes(true);
  },
  wrong: wrongIn('Stripe-Signature'),
};

function stripeParts(value: string): { time: string; signatures: string[] } {
  const parts = value
    .split(',')
    .slice(0, 20)
    .map((part) => part.trim().split('='));
  const of = (name: string) =>
    parts.flatMap(([key, text]) => (key === name && text !== undefined ? [text] : []));
  return { time: of('t')[0] ?? '', signatures: of('v1').slice(0, 10) };
}
