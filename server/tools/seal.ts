import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import { type Sealed, type Vault, VaultError } from '@/server/models/keys/vault';
import type { CallRow } from './store';

/** What a person agreed to. */
const agreedSchema = z.strictObject({
  id: z.string(),
  runId: z.string(),
  callId: z.string(),
  tool: z.string(),
  print: z.string(),
  argsHash: z.string(),
  scope: z.string(),
  by: z.string(),
  at: z.string(),
});
type Agreed = z.infer<typeof agreedSchema>;

const sealedSchema = z.strictObject({ c: z.base64(), k: z.base64(), m: z.string() });

const ownerOf = (workspaceId: string, id: string) => ({
  workspaceId,
  provider: `tool-approval:${id}`,
});

/** Seals what was agreed to, so that nothing of it can be changed in the rows afterwards. */
export function sealAgreed(
  vault: Pick<Vault, 'seal'>,
  workspaceId: string,
  agreed: Agreed,
): string {
  const { ciphertext, wrappedKey, masterKeyId } = vault.seal(
    ownerOf(workspaceId, agreed.id),
    JSON.stringify(agreed),
  );
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  return JSON.stringify({ c: text(ciphertext), k: text(wrappedKey), m: masterKeyId });
}

/** Whether a call stands as it was agreed to: by whom and when, with which arguments, of which tool. */
export function isAgreed(vault: Pick<Vault, 'open'>, row: CallRow): boolean {
  const agreed = openAgreed(vault, row);
  const { answer } = row;
  if (agreed === undefined || answer === null) return false;
  return (
    agreed.id === row.id &&
    agreed.runId === row.runId &&
    agreed.callId === row.callId &&
    agreed.tool === row.tool &&
    agreed.print === row.print &&
    agreed.argsHash === row.argsHash &&
    agreed.scope === (answer.scope ?? 'once') &&
    agreed.by === answer.by.id &&
    agreed.at === answer.at
  );
}

function openAgreed(vault: Pick<Vault, 'open'>, row: CallRow): Agreed | undefined {
  const text = row.answer?.seal;
  if (text === undefined) return undefined;
  try {
    const { c, k, m } = sealedSchema.parse(jsonIn(text));
    const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
    const sealed: Sealed = { ciphertext: bytes(c), wrappedKey: bytes(k), masterKeyId: m };
    return agreedSchema.parse(jsonIn(vault.open(ownerOf(row.workspaceId, row.id), sealed)));
  } catch (error) {
    if (VaultError.isInstance(error)) return undefined;
    if (error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function jsonIn(text: string): unknown {
  const read = readJson(text);
  return read.ok ? read.value : undefined;
}
