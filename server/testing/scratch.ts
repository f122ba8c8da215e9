import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for temporary data that the account of an embedded Postgres can reach too. Removing it is the caller's. */
export function scratchFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `ensemble-${purpose}-`));
  chmodSync(folder, 0o755);
  return folder;
}
