import type { HookAuth } from './hook-auth';

/** Shell lines that send one request to a webhook, verified as it asks, for people to copy. The secret stays a variable. */
export function exampleCall(url: string, auth: HookAuth, body: string): string {
  const { lines, headers } = proofOf(auth);
  const address = auth.kind === 'none' ? `"${url}/$SECRET"` : `'${url}'`;
  const all = ['-H "Content-Type: application/json"', ...headers, '-d "$BODY"'];
  return [
    `SECRET='${auth.kind === 'standard' ? 'whsec_…' : '…'}'`,
    `BODY='${body.replaceAll("'", "'\\''")}'`,
    ...lines,
    `curl ${address} \\`,
    `  ${all.join(' \\\n  ')}`,
  ].join('\n');
}

const hex = (text: string) =>
  `SIGN=$(printf %s "${text}" | openssl dgst -sha256 -hmac "$SECRET" | sed 's/^.* //')`;
const now = 'NOW=$(date +%s)';

function proofOf(auth: HookAuth): { lines: string[]; headers: string[] } {
  switch (auth.kind) {
    case 'none':
      return { lines: [], headers: [] };
    case 'header': {
      const bearer = auth.name.toLowerCase() === 'authorization' ? 'Bearer ' : '';
      return { lines: [], headers: [`-H "${auth.name}: ${bearer}$SECRET"`] };
    }
    case 'basic':
      return { lines: [], headers: [`-u '${auth.user.replaceAll("'", "'\\''")}':"$SECRET"`] };
    case 'github':
      return {
        lines: [hex('$BODY')],
        headers: [
          '-H "X-GitHub-Event: push" -H "X-GitHub-Delivery: $(date +%s)$RANDOM"',
          '-H "X-Hub-Signature-256: sha256=$SIGN"',
        ],
      };
    case 'stripe':
      return {
        lines: [now, hex('$NOW.$BODY')],
        headers: ['-H "Stripe-Signature: t=$NOW,v1=$SIGN"'],
      };
    case 'shopify':
      return {
        lines: [
          'SIGN=$(printf %s "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -binary | openssl base64 -A)',
        ],
        headers: ['-H "X-Shopify-Hmac-Sha256: $SIGN"'],
      };
    case 'slack':
      return {
        lines: [now, hex('v0:$NOW:$BODY')],
        headers: ['-H "X-Slack-Request-Timestamp: $NOW"', '-H "X-Slack-Signature: v0=$SIGN"'],
      };
    case 'standard':
      return {
        lines: [
          'ID="msg_$(date +%s)$RANDOM"; NOW=$(date +%s)',
          `KEY=$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')`,
          'SIGN=$(printf %s "$ID.$NOW.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)',
        ],
        headers: [
          '-H "webhook-id: $ID" -H "webhook-timestamp: $NOW"',
          '-H "webhook-signature: v1,$SIGN"',
        ],
      };
  }
}
