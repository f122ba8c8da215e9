import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Egress } from '@/server/egress/client';
import { createRedactor } from '../redact';
import type { SealedConnection } from '../store';

export type OauthConnection = Extract<SealedConnection, { kind: 'oauth2' }>;

const timeoutMs = 15_000;
const maxBytes = 262_144;
/** The longest token that a request can carry. */
const maxToken = 16_000;

const answerSchema = z.object({
  access_token: z
    .string()
    .min(1)
    .max(maxToken)
    .regex(/^[\x21-\x7e]+$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().max(315_360_000).optional(),
  refresh_token: z.string().min(1).max(maxToken).optional(),
});
const refusalSchema = z.object({
  error: z.string().max(200),
  error_description: z.string().optional().catch(undefined),
});

export type Granted = { access: string; refresh: string | null; expiresIn: number | null };

/** What a provider refused for good: the code of RFC 6749, and a sentence. */
export type Refused = { refused: string; message: string };

/**
 * Asks a provider for a token, at its token address alone. What it refuses comes back; what may pass, or is no answer of a
 * provider, throws `StepError` `token_failed` without a word of what was sent.
 */
export async function askProvider(
  egress: Egress,
  { name, config }: Pick<OauthConnection, 'name' | 'config'>,
  secret: string,
  fields: Readonly<Record<string, string>>,
): Promise<Granted | Refused> {
  const { tokenUrl, clientId, clientAuth } = config;
  const form = new URLSearchParams(fields);
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
  };
  if (secret !== '' && clientAuth === 'basic') {
    headers.authorization = `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(secret)}`, 'utf8').toString('base64')}`;
  } else {
    form.set('client_id', clientId);
    if (secret !== '') form.set('client_secret', secret);
  }
  const body = form.toString();
  const { host } = new URL(tokenUrl);
  const answer = await egress.request({
    method: 'POST',
    url: tokenUrl,
    headers,
    body,
    timeoutMs,
    maxBytes,
  });
  const read = readJson(answer.text);
  const value = read.ok ? read.value : undefined;
  const good = answer.status === 200 ? answerSchema.safeParse(value) : undefined;
  if (good?.success) {
    const {
      access_token: access,
      refresh_token: refresh = null,
      expires_in: expiresIn = null,
    } = good.data;
    return { access, refresh, expiresIn };
  }
  const refusal = refusalSchema.safeParse(value);
  if (refusal.success && answer.status >= 400 && answer.status < 500 && answer.status !== 429) {
    const { error, error_description: why } = refusal.data;
    const { text } = createRedactor([secret, ...Object.values(fields)]);
    const said = text(visible(why ?? error)).slice(0, 200);
    return { refused: error, message: said };
  }
  throw new StepError(
    'token_failed',
    `The connection "${name}" got no token: ${host} responded with status ${answer.status}${good === undefined ? '' : ' and no token'}.`,
    { retryable: answer.status >= 500 || answer.status === 429, noEffect: true },
  );
}

const formEncoded = (text: string) => new URLSearchParams([['', text]]).toString().slice(1);
const visible = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ');
