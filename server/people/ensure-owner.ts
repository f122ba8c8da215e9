import { isAppError } from '@/lib/api/errors';
import type { Services } from '@/server/services';
import { setUpOwner } from './set-up-owner';

/**
 * Unattended set-up: makes the first account from ENSEMBLE_OWNER_EMAIL and ENSEMBLE_OWNER_PASSWORD when there is
 * none yet. Call it once at start, in any number of processes. Later changes of the variables change nothing.
 */
export async function ensureOwner(services: Services): Promise<void> {
  const owner = services.config.owner;
  if (!owner) return;
  const name = owner.email.split('@')[0] ?? 'Owner';
  try {
    await setUpOwner(services, {
      body: {
        name,
        email: owner.email.toLowerCase(),
        password: owner.password,
        workspaceName: 'My workspace',
      },
    });
    services.log.info({ email: owner.email }, 'made the owner account from the environment');
  } catch (error) {
    if (!isAppError(error) || error.code !== 'conflict') throw error;
  }
}
