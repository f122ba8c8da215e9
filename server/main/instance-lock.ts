import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '@/lib/values/unknown';

/**
 * Takes the data directory for this process, so that no second start uses the same embedded database. Returns what
 * gives it back. A lock of a process that is gone counts for nothing. Throws with a line that says what to do.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'ensemble.pid');
  const claim = () => writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
  try {
    claim();
  } catch (error) {
    if (at(error, 'code') !== 'EEXIST') throw error;
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder !== process.pid && isEnsemble(holder)) {
      throw new Error(
        `Ensemble is already running on ${dataDir} (process ${holder}). Stop it or choose another folder: ENSEMBLE_DATA_DIR=.data2 PORT=3001 npm start`,
      );
    }
    rmSync(path, { force: true });
    claim();
  }
  return () => rmSync(path, { force: true });
}

/** Numbers are used again: only a live process that looks like this program holds the lock. */
function isEnsemble(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 2) return false;
  try {
    const state = execFileSync('ps', ['-o', 'stat=,args=', '-p', String(pid)], {
      stdio: ['ignore', 'pipe', 'ignore'],
    }).toString();
    return !state.trim().startsWith('Z') && /ensemble|server\/main\/all/.test(state);
  } catch {
    return false;
  }
}
