import { cleanFileName } from '@/lib/names/name-problem';

const maxCharacters = 150;
/** Windows keeps these for itself, whatever follows the dot. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name that every system takes, with the ending of its format: no folder, no sign that some system forbids. */
export function outputName(wanted: string, ending: string): string {
  const name = cleanFileName(wanted.replace(/[<>:"|?*]/g, '-'))
    .replace(/^\.+/, '')
    .replace(/[. ]+$/, '');
  const stem = name.toLowerCase().endsWith(`.${ending}`) ? name.slice(0, -ending.length - 1) : name;
  const safe = stem.replace(/[. ]+$/, '').replace(reserved, '$&_');
  const short = [...safe].slice(0, maxCharacters).join('').trimEnd();
  return `${short === '' ? 'file' : short}.${ending}`;
}
