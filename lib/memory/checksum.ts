import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonical } from '@/lib/values/canonical';

export type Chained = {
  version: number;
  value: unknown;
  deleted: boolean;
  checksum: string;
  previous: string;
};

/** Covers a value and the version before it: neither can be changed without the others being wrong. */
export function checksumOf({
  value,
  deleted,
  previous,
}: Pick<Chained, 'value' | 'deleted' | 'previous'>): string {
  const text = canonical({ deleted, value: deleted ? null : value });
  return bytesToHex(sha256(utf8ToBytes(`${previous}\n${text}`)));
}

/** Versions of one path, the oldest first, that are not what was written: their value was changed, or one is missing. */
export function brokenVersions(versions: readonly Chained[]): number[] {
  return versions
    .filter((one, index) => {
      const before = versions[index - 1];
      const linked =
        before === undefined ||
        (one.version === before.version + 1 && one.previous === before.checksum);
      return !linked || checksumOf(one) !== one.checksum;
    })
    .map(({ version }) => version);
}
