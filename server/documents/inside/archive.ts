import { documentLimits } from '@/lib/files/documents/schema';
import { Refused } from './refused';

const endMark = 0x06_05_4b_50;
const entryMark = 0x02_01_4b_50;
/** A comment may stand behind the end of an archive. */
const longestTail = 65_557;

/**
 * Refuses an archive that would unpack to more than may be read, by its directory, before anything of it is unpacked.
 * That an entry is not larger than it says is seen to by whoever unpacks it.
 */
export function refuseBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.byteLength - 22;
  const first = Math.max(0, bytes.byteLength - longestTail);
  while (end >= first && view.getUint32(end, true) !== endMark) end -= 1;
  if (end < first) throw new Refused('It is cut off: the end of it is missing.');
  const count = view.getUint16(end + 10, true);
  if (count > documentLimits.entries) throw new Refused('It holds too many parts to be read.');
  let at = view.getUint32(end + 16, true);
  let unpacked = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== entryMark) {
      throw new Refused('It is damaged: its list of parts cannot be read.');
    }
    unpacked += view.getUint32(at + 24, true);
    if (unpacked > documentLimits.unpackedBytes) {
      const megabytes = documentLimits.unpackedBytes / 1_048_576;
      throw new Refused(`It would unpack to more than ${megabytes} MB.`);
    }
    at +=
      46 +
      view.getUint16(at + 28, true) +
      view.getUint16(at + 30, true) +
      view.getUint16(at + 32, true);
  }
}
