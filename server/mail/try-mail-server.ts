import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { openMailSession } from './smtp';

/** Signs in without sending anything, and says how that went. */
export async function tryMailServer(
  egress: Egress,
  server: OpenServer<'smtp'>,
): Promise<{ ok: boolean; message: string }> {
  const { host, userName } = server.config;
  try {
    const session = await openMailSession(egress, server);
    session.close();
    const what = userName === '' ? 'is ready to take email' : 'accepted the user name and password';
    return { ok: true, message: `${host} ${what}.` };
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    return { ok: false, message: server.redact.text(error.message) };
  }
}
