import { readdirSync, readFileSync } from 'node:fs';
import { product } from './product';

type Process = { pid: number; parent: number; title: string };

/** Processes of this machine, as Linux tells them; one that ends meanwhile is left out. */
function processes(): Process[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const status = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
      const title = readFileSync(`/proc/${entry}/cmdline`, 'utf8').split('\0')[0] ?? '';
      return [{ pid: Number(entry), parent, title: title.trim() }];
    } catch {
      return [];
    }
  });
}

/** The product's processes of a title (`ensemble-web`, `ensemble-worker`): children of the one that the run started. */
export function processesOf(title: string): number[] {
  return processes()
    .filter((each) => each.parent === product.pid && each.title === title)
    .map((each) => each.pid);
}

/** `kill -9` of all processes of a title; answers with their ids. */
export function killHard(title: string): number[] {
  const found = processesOf(title);
  for (const pid of found) process.kill(pid, 'SIGKILL');
  return found;
}
