import {
  type ConnectionKind,
  type ConnectionSettings,
  forRequests,
} from '@/lib/connections/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import { VaultError } from '@/server/models/keys/vault';
import type { Services } from '@/server/services';
import { type Credential, credentialOf } from './credential';
import { accessToken } from './oauth/access-token';
import { expireToken } from './oauth/token-store';
import { createRedactor, type Redactor } from './redact';
import { openSecret } from './secret';
import { findSealed, markUsed, type SealedConnection } from './store';

type Needs = Pick<Services, 'pool' | 'vault'>;
type ForRequests = Pick<Services, 'pool' | 'vault' | 'egress' | 'bus'>;
/** What wants to use a connection. `userId` is whoever answers for it; null: nobody in person. */
export type Asked = {
  workspaceId: string;
  workflowId: string | null;
  userId: string | null;
  name: string;
};

/** An opened connection to a server of its own kind. */
export type OpenServer<Kind extends ConnectionKind> = Extract<
  ConnectionSettings,
  { kind: Kind }
> & {
  name: string;
  secret: string;
  redact: Redactor;
};

/**
 * Opens the connection that a step names, for one request. Throws `StepError` `connection_missing`,
 * `connection_forbidden`, `connection_kind` or `connection_unreadable`, none of which another attempt would change.
 */
export async function openConnection(services: ForRequests, asked: Asked): Promise<Credential> {
  const row = await requireAllowed(services, asked);
  const credential = await openRow(services, row);
  await markUsed(services.pool, asked.workspaceId, row.id);
  return credential;
}

/** Opens a connection of a kind that is no credential of requests. Throws as above. */
export async function openServer<Kind extends ConnectionKind>(
  services: Needs,
  asked: Asked,
  kinds: readonly Kind[],
): Promise<OpenServer<Kind>> {
  const row = await requireAllowed(services, asked);
  const opened = serverOf(services.vault, row, kinds);
  await markUsed(services.pool, asked.workspaceId, row.id);
  return opened;
}

/** The credential of a row. Throws `StepError` `connection_kind`, `connection_unreadable`. */
export async function openRow(services: ForRequests, row: SealedConnection): Promise<Credential> {
  const sent = forRequests(row);
  if (sent === undefined) throw wrongKind(row);
  const secret = secretOf(services.vault, row);
  if (sent.kind !== 'oauth2') return credentialOf(sent, secret);
  const { tokens, version } = await accessToken(services, sent);
  const credential = credentialOf(sent, tokens.access, [secret, tokens.refresh ?? '']);
  return { ...credential, renew: () => expireToken(services.pool, sent, version) };
}

/** The same of one to a server. */
export function serverOf<Kind extends ConnectionKind>(
  vault: Needs['vault'],
  row: SealedConnection,
  kinds: readonly Kind[],
): OpenServer<Kind> {
  if (!isOfKind(row, kinds)) throw wrongKind(row);
  const secret = secretOf(vault, row);
  return { ...row, secret, redact: createRedactor([secret]) };
}

function isOfKind<Kind extends ConnectionKind>(
  row: SealedConnection,
  kinds: readonly Kind[],
): row is SealedConnection & Extract<ConnectionSettings, { kind: Kind }> {
  return kinds.some((kind) => kind === row.kind);
}

async function requireAllowed(
  { pool }: Needs,
  { workspaceId, workflowId, userId, name }: Asked,
): Promise<SealedConnection> {
  const row = await findSealed(pool, workspaceId, { name });
  if (row === undefined) {
    throw new StepError(
      'connection_missing',
      `There is no connection "${name}" in this workspace. Add it in Settings, or choose another one in the step.`,
    );
  }
  const { allowedWorkflowIds: workflows, allowedUserIds: people } = row;
  if (workflows !== null && (workflowId === null || !workflows.includes(workflowId))) {
    throw new StepError(
      'connection_forbidden',
      `The connection "${name}" may not be used by this workflow. An admin can allow it in Settings.`,
    );
  }
  if (people !== null && (userId === null || !people.includes(userId))) {
    throw new StepError(
      'connection_forbidden',
      `The connection "${name}" is for named people only: it works in versions that one of them published, and in drafts that one of them runs.`,
    );
  }
  return row;
}

function secretOf(vault: Needs['vault'], row: SealedConnection): string {
  try {
    return openSecret(vault, row, row);
  } catch (error) {
    if (!VaultError.isInstance(error)) throw error;
    throw new StepError('connection_unreadable', `Connection "${row.name}": ${error.message}`);
  }
}

function wrongKind({ name }: { name: string }): StepError {
  return new StepError(
    'connection_kind',
    `The connection "${name}" is of another kind. Choose one in the step that it can use.`,
  );
}
