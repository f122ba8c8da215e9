import { createHash } from 'node:crypto';
import { AppError } from '@/lib/api/errors';
import type { JobName, Jobs } from '@/lib/computation/jobs';
import { isBound } from '@/lib/connections/hosts';
import { hostsOf } from '@/lib/connections/schema';
import { StepError } from '@/lib/nodes/node-type/define-node';
import type { Actor } from '@/lib/people/schema';
import { serverAddress } from '@/lib/services/document/servers';
import type { Operation, ServiceDescription } from '@/lib/services/schema';
import { asRefused } from '@/server/computation/refusal';
import { openConnection } from '@/server/connections/open-connection';
import { requireNamed } from '@/server/connections/require-named';
import type { Services } from '@/server/services';
import { lineOf } from './lines';
import type { Described } from './store';

type Needs = Pick<Services, 'bus' | 'pool' | 'vault' | 'egress' | 'computation'>;
const timeoutMs = 30_000;
const maxBytes = 8 * 1_048_576;

export type Source = {
  document?: unknown;
  url?: string | null | undefined;
  serverUrl?: string | undefined;
  connection?: string | null | undefined;
};

/**
 * Fetches the document where only its address is given, and reads it on a thread. Throws `invalid_input` with what is wrong
 * about it, `provider_failed` where it cannot be fetched.
 */
export async function readDocument(
  services: Needs,
  actor: Pick<Actor, 'workspaceId' | 'userId'>,
  source: Source,
  before: readonly Operation[] = [],
): Promise<{ described: Described; changes: Jobs['description']['done']['changes'] }> {
  const document = source.document ?? (await fetchDocument(services, actor, source));
  const url = source.url ?? undefined;
  const serverUrl = source.serverUrl === undefined ? undefined : serverAddress(source.serverUrl);
  const given = { document, url, serverUrl, before };
  const job: JobName = 'description';
  const { read, changes } = await services.computation
    .run(job, given, actor.workspaceId)
    .catch((error: unknown) => {
      throw asRefused(error);
    });
  if (!read.ok) throw new AppError('invalid_input', read.problem);
  return { described: describe(read.service, document), changes };
}

function describe(service: ServiceDescription, document: unknown): Described {
  const { title, description = null, version = null, serverUrl, auth, operations } = service;
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return {
    ...{ title, description, version, serverUrl, auth, operationCount: operations.length },
    fingerprint: createHash('sha256').update(text).digest('hex'),
    operations: JSON.stringify(operations),
    lines: JSON.stringify(operations.map(lineOf)),
  };
}

async function fetchDocument(
  services: Needs,
  { workspaceId, userId }: Pick<Actor, 'workspaceId' | 'userId'>,
  { url, connection }: Source,
): Promise<string> {
  if (typeof url !== 'string')
    throw new AppError('invalid_input', 'Send the document: it has no address.');
  const headers = { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' };
  const request = { method: 'GET', url, headers, timeoutMs, maxBytes };
  try {
    const named =
      connection == null ? undefined : await requireNamed(services, workspaceId, connection);
    const bound = named !== undefined && isBound(hostsOf(named), new URL(url));
    const opened = bound
      ? await openConnection(services, { workspaceId, workflowId: null, userId, name: named.name })
      : undefined;
    const answer = await services.egress.request({
      ...request,
      ...(opened === undefined ? {} : { authorise: opened.authorise }),
    });
    if (answer.status < 200 || answer.status >= 300) {
      throw new AppError(
        'invalid_input',
        `${new URL(url).host} responded with status ${answer.status} instead of the document. Check the address${answer.status === 401 || answer.status === 403 ? ', and whether it needs a connection' : ''}.`,
      );
    }
    return opened === undefined ? answer.text : opened.redact.text(answer.text);
  } catch (error) {
    if (!StepError.isInstance(error)) throw error;
    const code = error.retryable ? 'provider_failed' : 'invalid_input';
    throw new AppError(code, `The document could not be fetched: ${error.message}`);
  }
}
