import type { InputOf, ResultOf } from '@/lib/api/define-route';
import { AppError } from '@/lib/api/errors';
import type { testConnection as contract } from '@/lib/connections/contract';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import type { Services } from '@/server/services';
import { openRow } from './open-connection';
import { findSealed } from './store';
import { noConnection } from './view';

const timeoutMs = 10_000;
const maxBytes = 1_048_576;

/**
 * Asks the test address with the credentials and says how it was answered; nothing of the answer is given away but its
 * status. Throws `not_found`, `invalid_input` for a connection without a test address.
 */
export async function testConnection(
  { pool, vault, egress }: Pick<Services, 'pool' | 'vault' | 'egress'>,
  { workspaceId }: Actor,
  { params: { id } }: InputOf<typeof contract>,
): Promise<ResultOf<typeof contract>> {
  const row = await findSealed(pool, workspaceId, { id });
  if (row === undefined) throw noConnection();
  const { testUrl } = row.config;
  if (testUrl === undefined) {
    throw new AppError('invalid_input', 'config.testUrl: enter an address to test it with.');
  }
  const { host } = new URL(testUrl);
  try {
    const { authorise } = openRow(vault, row);
    const asked = { method: 'GET', url: testUrl, headers: {}, timeoutMs, maxBytes };
    const { status } = await egress.request({ ...asked, authorise });
    return verdict(host, status);
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
