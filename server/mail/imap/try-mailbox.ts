import { StepError } from '@/lib/nodes/node-type/define-node';
import type { OpenServer } from '@/server/connections/open-connection';
import type { Egress } from '@/server/egress/client';
import { withMailbox } from './open-mailbox';

/** Signs in and looks at the inbox without reading or changing anything, and says how that went. */
export async function tryMailbox(
  egress: Egress,
  server: OpenServer<'imap'>,
): Promise<{ ok: boolean; message: string }> {
  const { host } = server.config;
  try {
    await withMailbox(egress, server, { folder: 'INBOX', change: false }, async () => undefined);
    return { ok: true, message: `${host} accepted the user name and password.` };
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    return { ok: false, message: server.redact.text(error.message) };
  }
}
