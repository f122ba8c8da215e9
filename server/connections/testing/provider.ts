import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of tokens on this machine, as strict as those outside: PKCE, one use for each code and refresh token. */
export async function openProvider() {
  const codes = new Map<string, { challenge: string; redirect: string }>();
  const asked: Record<string, string>[] = [];
  const issued: string[] = [];
  let refresh = token('refresh');
  const state = {
    /** Seconds for which a token is good. */
    expiresIn: 3_600,
    /** Whether it takes refresh tokens. */
    refuses: false,
    /** Answers with this status instead. */
    status: 0,
    /** Time that it takes to answer. */
    delayMs: 0,
  };
  const server = createServer(async (request, response) => {
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/me') {
      const current = issued.at(-1);
      const good = request.headers.authorization === `Bearer ${current}`;
      return say(good ? 200 : 401, { said: request.headers.authorization });
    }
    const form = Object.fromEntries(new URLSearchParams(await bodyOf(request)));
    asked.push({ ...form, authorization: request.headers.authorization ?? '' });
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs));
    if (state.status !== 0) return say(state.status, { error: 'temporarily_unavailable' });
    const [, basic = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    const secret =
      Buffer.from(basic, 'base64').toString('utf8').split(':')[1] ?? form.client_secret;
    if (secret !== 'client-secret')
      return say(401, { error: 'invalid_client', error_description: `not ${secret}` });
    if (form.grant_type === 'authorization_code') {
      const known = codes.get(form.code ?? '');
      codes.delete(form.code ?? '');
      const challenge = createHash('sha256')
        .update(form.code_verifier ?? '')
        .digest('base64url');
      if (known?.challenge !== challenge || known.redirect !== form.redirect_uri) {
        return say(400, { error: 'invalid_grant' });
      }
    } else if (form.grant_type === 'refresh_token') {
      if (state.refuses || form.refresh_token !== refresh) {
        return say(400, { error: 'invalid_grant', error_description: 'Token has been revoked' });
      }
    }
    refresh = token('refresh');
    const access = token('access');
    issued.push(access);
    return say(200, {
      ...{ access_token: access, token_type: 'Bearer', expires_in: state.expiresIn },
      ...(form.grant_type === 'client_credentials' ? {} : { refresh_token: refresh }),
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    ...{ state, asked, issued, origin, host: `127.0.0.1:${port}` },
    /** What a person's browser brings back after they said yes at this address. */
    approve(url: string): { code: string; state: string } {
      const query = new URL(url).searchParams;
      const code = token('code');
      const challenge = query.get('code_challenge') ?? '';
      codes.set(code, { challenge, redirect: query.get('redirect_uri') ?? '' });
      return { code, state: query.get('state') ?? '' };
    },
    secrets: () => [...issued, refresh, 'client-secret'],
    close: () => server.close(),
  };
}

const token = (kind: string) => `${kind}-${randomBytes(18).toString('base64url')}`;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
