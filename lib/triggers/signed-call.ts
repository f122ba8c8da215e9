/** Shell lines that send one signed request to a webhook, for people to copy. The secret stays a variable. */
export function signedCall(url: string): string {
  return `SECRET='whsec_…'
BODY='{"order": 7}'
ID="msg_$(date +%s)$RANDOM"; NOW=$(date +%s)
KEY=$(printf %s "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')
SIGN=$(printf %s "$ID.$NOW.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)
curl '${url}' \\
  -H 'Content-Type: application/json' \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $NOW" \\
  -H "webhook-signature: v1,$SIGN" \\
  -d "$BODY"`;
}
