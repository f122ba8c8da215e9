import { tokenPlaces } from '@/server/connections/oauth/token-secret';
import { connectionPlace } from '@/server/connections/secret';
import { answerPlace } from '@/server/idempotency/answer-once';
import { providerKeyPlace } from '@/server/models/keys/keys';
import type { SealedPlace } from '@/server/models/keys/rotate';
import { sealKeyPlace } from '@/server/runs/blobs/seal-key';
import { secretPlaces } from '@/server/triggers/secrets';

/** All that the vault has sealed. A test fails when a column of the database is missing here. */
export const sealedPlaces: readonly SealedPlace[] = [
  providerKeyPlace,
  ...secretPlaces,
  connectionPlace,
  ...tokenPlaces,
  answerPlace,
  sealKeyPlace,
];
