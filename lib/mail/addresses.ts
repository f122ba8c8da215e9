import { readJson } from '@/lib/api/json/read-json';

/** Somebody who sends or gets mail. */
export type Mailbox = { name: string; address: string };

type ReadAddresses =
  | { ok: true; mailboxes: Mailbox[] }
  /** What cannot be read, as a sentence. */
  | { ok: false; problem: string };

const local = String.raw`[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_\x60{|}~-]+)*`;
const addressPattern = new RegExp(
  `^${local}@(?:\\p{L}|\\p{N})(?:[\\p{L}\\p{N}-]*\\.)*[\\p{L}\\p{N}-]*(?:\\p{L}|\\p{N})$`,
  'u',
);
const longestAddress = 320;

/**
 * Addresses as people write them: `ada@example.com, Ben <ben@example.com>`, also one per line, with semicolons, or as a
 * JSON list, which is how an expression writes one. Line breaks and other invisible characters within an address are refused:
 * they could add headers or recipients.
 */
export function readAddresses(text: string): ReadAddresses {
  const parts = listOf(text);
  if (parts === undefined)
    return { ok: false, problem: 'a list of addresses must hold texts only' };
  const mailboxes: Mailbox[] = [];
  for (const part of parts) {
    const trimmed = part.trim();
    if (trimmed === '') continue;
    const mailbox = mailboxOf(trimmed);
    if (mailbox === undefined) {
      return { ok: false, problem: `"${shown(trimmed)}" is not an email address` };
    }
    mailboxes.push(mailbox);
  }
  return { ok: true, mailboxes };
}

/** Whether a text is exactly one address. */
export function isOneAddress(text: string): boolean {
  const read = readAddresses(text);
  return read.ok && read.mailboxes.length === 1;
}

function listOf(text: string): string[] | undefined {
  if (!text.trimStart().startsWith('[')) return split(text);
  const read = readJson(text);
  if (!read.ok || !Array.isArray(read.value)) return undefined;
  const texts = read.value.filter((item) => typeof item === 'string');
  return texts.length === read.value.length ? texts : undefined;
}

/** Parts between commas, semicolons and line breaks that do not stand in quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    const ends = char === '\n' || (!quoted && (char === ',' || char === ';'));
    if (ends) {
      parts.push(part);
      part = '';
      quoted = false;
    } else part += char;
  }
  parts.push(part);
  return parts;
}

function mailboxOf(text: string): Mailbox | undefined {
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(text)) return undefined;
  const [, before = '', inside] = /^([^<>]*)<([^<>]*)>$/.exec(text) ?? [];
  const address = (inside ?? text).trim();
  if (address.length > longestAddress || !addressPattern.test(address)) return undefined;
  const name = before.trim().replace(/^"(.*)"$/, '$1');
  return { name: name.replaceAll('"', ''), address };
}

const shown = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�').slice(0, 80);
