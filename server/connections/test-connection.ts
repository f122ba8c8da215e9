import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { testConnection as contract } from '@/lib/connections/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { tryMailbox } from '@/server/mail/imap/try-mailbox';
import { tryMailServer } from '@/server/mail/try-mail-server';
import type { Services } from '@/server/services';
import { tryDatabase } from '@/server/sql/ask-database';
import { openRow, serverOf } from './open-connection';
import { findSealed } from './store';
import { noConnection } from './view';

const timeoutMs = 10_000;
const maxBytes = 1_048_576;

/**
 * Asks the test address, or the server, with the credentials and says how it was answered; nothing of the answer of a web
 * server is given away but its status. Throws `not_found`, `invalid_input` for a connection without a test address.
 */
export async function testConnection(
  services: Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>,
  { workspaceId }: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const { pool, vault, egress } = services;
  const row = await findSealed(pool, workspaceId, { id });
  if (row === undefined) throw noConnection();
  if (row.kind === 'smtp') return tryMailServer(egress, serverOf(vault, row, ['smtp']));
  if (row.kind === 'imap') return tryMailbox(egress, serverOf(vault, row, ['imap']));
  if (row.kind === 'postgres' || row.kind === 'mysql') {
    return tryDatabase(egress, serverOf(vault, row, ['postgres', 'mysql']));
  }
  const { testUrl } = row.config;
  if (testUrl === undefined && row.kind === 'oauth2') return tryToken(services, row);
  if (testUrl === undefined) {
    throw new AppError('invalid_input', 'config.testUrl: enter an address to test it with.');
  }
  const { host } = new URL(testUrl);
  try {
    const { authorise } = await openRow(services, row);
    const asked = { method: 'GET', url: testUrl, headers: {}, timeoutMs, maxBytes };
    const { status } = await egress.request({ ...asked, authorise });
    return verdict(host, status);
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    return { ok: false, message: error.message };
  }
}

/** Without an address to ask, a token tells enough. */
async function tryToken(
  services: Parameters<typeof testConnection>[0],
  row: Parameters<typeof openRow>[1],
): Promise<{ ok: boolean; message: string }> {
  try {
    await openRow(services, row);
    return { ok: true, message: 'The provider gave a token.' };
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    return { ok: false, message: error.message };
  }
}

function verdict(host: string, status: number): { ok: boolean; message: string } {
  if (status === 401 || status === 403) {
    return { ok: false, message: `${host} rejected the credentials (status ${status}).` };
  }
  if (status >= 200 && status < 300) {
    return { ok: true, message: `${host} accepted the credentials (status ${status}).` };
  }
  const message = `${host} responded with status ${status}, which does not tell whether the credentials are right. Check the test address.`;
  return { ok: false, message };
}
