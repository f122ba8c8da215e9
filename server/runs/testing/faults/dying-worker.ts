import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createServices } from '@/server/compose';
import { config } from '@/server/config';
import { newLedger } from '@/server/runs/testing/journals';
import { openLane } from './incarnations';

/**
 * A worker process that kills itself, with the signal that nobody can catch, at the failpoint which it is told of on
 * standard input. Effects and acknowledged results go to files, which outlive it.
 */
const [name = '', folder = ''] = process.argv.slice(2);
const ledger = newLedger();
const note = (file: string, line: string) => appendFileSync(`${folder}/${file}`, `${line}\n`);
ledger.effects.push = (...lines) => {
  for (const line of lines) note('effects', line);
  return 0;
};
ledger.acknowledged.add = (line) => {
  note('acknowledged', line);
  return ledger.acknowledged;
};

let armed = '';
createInterface({ input: process.stdin })
  .on('line', (line) => {
    armed = line;
  })
  .on('close', () => process.exit(1));
await openLane({
  config: config(),
  whole: await createServices(config(), name),
  name,
  ledger,
  hit(point) {
    if (point === armed) process.kill(process.pid, 'SIGKILL');
    return undefined;
  },
  unknown: () => undefined,
  cut: async () => undefined,
  pauseMs: 0,
});
process.stdout.write('ready\n');
