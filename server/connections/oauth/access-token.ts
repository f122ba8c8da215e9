import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { transaction } from '@/server/db/transaction';
import { VaultError } from '@/server/models/keys/vault';
import type { Services } from '@/server/services';
import { openSecret } from '../secret';
import { askProvider, type Granted, type OauthConnection, type Refused } from './ask-provider';
import { openTokens, sealTokens, type Tokens } from './token-secret';
import {
  findToken,
  leaseToken,
  putToken,
  refuseToken,
  releaseToken,
  type TokenRow,
} from './token-store';

type Needs = Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>;

/** As long as a request to a provider may take, and a little. */
const leaseMs = 25_000;
const lookMs = 100;

type AccessToken = { tokens: Tokens; version: number };

/**
 * The token of a connection, fetched anew before its time is over: by one process, however many need it at once; the others
 * go on with the one that is still good, or wait. Throws `StepError` `connection_sign_in` where somebody has to sign in,
 * `token_failed`, `connection_unreadable`.
 */
export async function accessToken(services: Needs, row: OauthConnection): Promise<AccessToken> {
  const until = performance.now() + leaseMs + 5_000;
  for (;;) {
    const found = await findToken(services.pool, row);
    if (found?.problem) throw signInAgain(row.name, found.problem);
    if (found === undefined && row.config.grant === 'authorization_code') {
      throw signInAgain(row.name, 'nobody has signed in yet');
    }
    if (found !== undefined && !found.stale) return opened(services, row, found);
    const lease = randomUUID();
    const version = found?.version ?? 0;
    if (await leaseToken(services.pool, row, { version, lease, forMs: leaseMs })) {
      try {
        // Read again: the statement that takes the lease may have begun before the last holder's commit, and taken it after.
        const now = await findToken(services.pool, row);
        if ((now?.version ?? 0) !== version) continue;
        return await renewed(services, row, now);
      } finally {
        await releaseToken(services.pool, row, lease);
      }
    }
    // Somebody else fetches one. What is still good is good enough meanwhile.
    if (found !== undefined && !found.over) return opened(services, row, found);
    if (performance.now() > until) {
      const message = `The connection "${row.name}" got no token in time.`;
      throw new StepError('token_failed', message, { retryable: true, noEffect: true });
    }
    await sleep(lookMs);
  }
}

async function renewed(
  services: Needs,
  row: OauthConnection,
  found: TokenRow | undefined,
): Promise<AccessToken> {
  const { grant, scopes } = row.config;
  const old = found === undefined ? undefined : opened(services, row, found).tokens;
  const scope: Record<string, string> = scopes === '' ? {} : { scope: scopes };
  if (grant === 'client_credentials') {
    const granted = await ask(services, row, { grant_type: 'client_credentials', ...scope });
    if ('refused' in granted) throw refusedClient(row.name, granted);
    return put(services, row, granted, false);
  }
  if (old === undefined || old.refresh === null) {
    return giveUp(services, row, found, 'it gave no token that can be renewed');
  }
  const granted = await ask(services, row, {
    grant_type: 'refresh_token',
    refresh_token: old.refresh,
  });
  if (!('refused' in granted)) {
    // A provider that gives no new one lets the old one stay good.
    return put(services, row, { ...granted, refresh: granted.refresh ?? old.refresh }, false);
  }
  if (granted.refused === 'invalid_grant') return giveUp(services, row, found, granted.message);
  throw refusedClient(row.name, granted);
}

async function giveUp(
  { pool, bus }: Needs,
  row: OauthConnection,
  found: TokenRow | undefined,
  why: string,
): Promise<never> {
  if (found !== undefined) await refuseToken(pool, row, found.version, why);
  bus.publish(`workspace:${row.workspaceId}`, { kind: 'connection', id: row.id });
  throw signInAgain(row.name, why);
}

/** Asks with the secret of the connection. */
export async function ask(
  { vault, egress }: Pick<Needs, 'vault' | 'egress'>,
  row: OauthConnection,
  fields: Readonly<Record<string, string>>,
): Promise<Granted | Refused> {
  return askProvider(
    egress,
    row,
    reading(row.name, () => openSecret(vault, row, row)),
    fields,
  );
}

/** Keeps a token, sealed. A newer one is fetched when a tenth of its time, at most 5 minutes, is left. */
export async function put(
  { pool, vault, bus }: Needs,
  row: OauthConnection,
  { access, refresh, expiresIn }: Granted,
  signedIn: boolean,
  /** What else is committed with it. */
  also: (client: PoolClient) => Promise<void> = async () => undefined,
): Promise<AccessToken> {
  const tokens = { access, refresh };
  const owner = { workspaceId: row.workspaceId, connectionId: row.id };
  const refreshIn =
    expiresIn === null ? null : Math.max(0, expiresIn - Math.min(300, expiresIn / 10));
  const given = { sealed: sealTokens(vault, owner, tokens), expiresIn, refreshIn, signedIn };
  const stored = await transaction(pool, async (client) => {
    const done = await putToken(client, row, row.config, given);
    if (done) await also(client);
    return done;
  });
  if (!stored) {
    const message = `The connection "${row.name}" was changed while it got a token.`;
    throw new StepError('token_failed', message, { retryable: true, noEffect: true });
  }
  bus.publish(`workspace:${row.workspaceId}`, { kind: 'connection', id: row.id });
  const kept = await findToken(pool, row);
  return { tokens, version: kept?.version ?? 0 };
}

function opened(
  { vault }: Pick<Needs, 'vault'>,
  row: OauthConnection,
  found: TokenRow,
): AccessToken {
  return { tokens: reading(row.name, () => openTokens(vault, found)), version: found.version };
}

function reading<T>(name: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!VaultError.isInstance(error)) throw error;
    throw new StepError('connection_unreadable', `Connection "${name}": ${error.message}`);
  }
}

function signInAgain(name: string, why: string): StepError {
  return new StepError(
    'connection_sign_in',
    `The connection "${name}" needs somebody to sign in: ${why}. An admin can do that in Settings, under Connections.`,
    { noEffect: true },
  );
}

function refusedClient(name: string, { refused, message }: Refused): StepError {
  return new StepError(
    'token_failed',
    `The connection "${name}" got no token: the provider refused it (${refused}: ${message}). Check its client ID, secret and scopes.`,
    { noEffect: true },
  );
}
