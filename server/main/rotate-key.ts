import { ConfigError } from '@/server/config';
import { migrate } from '@/server/db/migrate';
import { createPool } from '@/server/db/pool';
import { createLog } from '@/server/log';
import { countOthers, rotateAll } from '@/server/models/keys/rotate';
import { createVault } from '@/server/models/keys/vault';
import { withOperatorDatabase } from './operator-database';
import { sealedPlaces } from './sealed-columns';

/**
 * `npm run rotate-key`: brings all that is encrypted under the current master key, from the previous one. The product
 * may run meanwhile, with both keys in its settings. Ended at any moment, it goes on when it is started again.
 */
const say = (line: string) => process.stdout.write(`${line}\n`);
await withOperatorDatabase(async (settings) => {
  const { masterKey, previousMasterKey } = settings;
  if (previousMasterKey === undefined) {
    throw new ConfigError(
      'The previous master key is missing: set ENSEMBLE_PREVIOUS_MASTER_KEY, or keep it as previous-master-key in the data directory.',
    );
  }
  if (previousMasterKey.equals(masterKey)) {
    throw new ConfigError('The previous master key and the current one are the same.');
  }
  await migrate(settings.databaseUrl);
  const pool = createPool(settings, createLog(settings, 'rotate-key'), { max: 2 });
  try {
    const vault = await createVault(settings);
    const rotated = await rotateAll(pool, vault, sealedPlaces);
    for (const { place, resealed, already, damaged } of rotated) {
      const left = damaged === 0 ? '' : `, ${damaged} damaged and left as they were`;
      say(`${place.title}: ${resealed} encrypted anew, ${already} were already${left}`);
    }
    const others = await countOthers(pool, vault, sealedPlaces);
    if (others > 0) {
      throw new Error(
        `${others} values still need the previous master key: they are damaged, or a process with the old settings wrote them meanwhile. Restart all processes with both keys and run this again.`,
      );
    }
    say('Nothing needs the previous master key any more: remove it, and restart Ensemble.');
  } finally {
    await pool.end();
  }
});
