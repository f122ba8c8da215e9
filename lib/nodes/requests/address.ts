import { childrenOf } from '@/lib/expressions/check';
import { type Node, parseExpression } from '@/lib/expressions/parse';
import { splitTemplate } from '@/lib/expressions/template';
import { StepError } from '../node-type/define-node';

/** Functions that encode: an expression that calls one of them is put into an address as it is. */
const encoders: ReadonlySet<string> = new Set(['urlEncode', 'urlEncodePath', 'urlQuery']);

/**
 * A web address out of a template. Values stay what they are, whatever characters they hold: in the query one cannot
 * end its parameter or begin another; in the path one cannot begin a query or leave the path by `..`, but may hold
 * several segments; beside a written host one cannot make it another host. A value that the address begins with, or a
 * whole query, is the author's own and stays as it is. `render` fills one `{{ … }}`.
 * Throws `StepError` `invalid_url` for a value that would lead elsewhere, and what `render` throws.
 */
export async function renderAddress(
  template: string,
  render: (template: string) => Promise<string>,
): Promise<string> {
  const parts = splitTemplate(template.trim());
  let address = '';
  const inPath: { start: number; end: number }[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'text') {
      address += part.text;
      continue;
    }
    const text = await render(`{{${part.text}${part.closed ? '}}' : ''}`);
    const value = text.toWellFormed();
    const next = parts[index + 1];
    const after = next?.kind === 'text' ? (next.text[0] ?? '') : '';
    const place = placeAt(address);
    const start = address.length;
    address += put(value, { place, address, after, encoded: encodes(part.text) });
    if (place === 'path') inPath.push({ start, end: address.length });
  }
  const leaving = segmentsOf(address).find(
    ({ start, end, text }) =>
      isDots(text) && inPath.some((one) => one.start < end && one.end > start),
  );
  if (leaving) throw elsewhere(leaving.text, 'leave the path');
  return address;
}

/** An address with parameters behind those that it has, encoded, and before its fragment. */
export function withParameters(
  address: string,
  parameters: readonly { name: string; value: string }[],
): string {
  if (parameters.length === 0) return address;
  const [, base = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(address) ?? [];
  const written = parameters.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`);
  const joint = !base.includes('?') ? '?' : /[?&]$/.test(base) ? '' : '&';
  return `${base}${joint}${written.join('&')}${fragment}`;
}

type Place = 'base' | 'host' | 'path' | 'query' | 'fragment';
const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** What comes next in an address that begins so. */
function placeAt(address: string): Place {
  if (address.includes('#')) return 'fragment';
  if (address.includes('?')) return 'query';
  if (!scheme.test(address)) return 'base';
  return /[/\\]/.test(address.replace(scheme, '')) ? 'path' : 'host';
}

function put(
  value: string,
  at: { place: Place; address: string; after: string; encoded: boolean },
): string {
  switch (at.place) {
    case 'base':
    case 'fragment':
      return value;
    case 'host':
      return hostPart(value, at.address.replace(scheme, ''), at.after);
    case 'path':
      return at.encoded ? value : value.split('/').map(encoded).join('/');
    case 'query': {
      // Between `?` or `&` and the next one stand whole parameters.
      const whole = /[?&]$/.test(at.address) && /^[&#]?$/.test(at.after);
      if (whole) return value.replaceAll('#', '%23');
      return at.encoded ? value : encoded(value);
    }
  }
}

/** A host as a whole, with what follows it, is the author's own; a part of a written host must stay one. */
function hostPart(value: string, before: string, after: string): string {
  const whole = before === '' && /^[/?#:]?$/.test(after);
  const follows = before !== '' && /^(?:[/?#]|:\d+$|$)/.test(value) && /^[/?#]?$/.test(after);
  if (whole || follows || /^[^/?#\\@:\s]*$/.test(value)) return value;
  throw elsewhere(value, 'lead to another host');
}

function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

function segmentsOf(address: string): { start: number; end: number; text: string }[] {
  const from = scheme.exec(address)?.[0].length ?? 0;
  const path = /^[^?#]*/.exec(address.slice(from))?.[0] ?? '';
  return [...path.matchAll(/[^/\\]+/g)].map(({ index, 0: text }) => ({
    start: from + index,
    end: from + index + text.length,
    text,
  }));
}

/** `.` and `..`, also as browsers and servers read them when they are encoded. */
function isDots(segment: string): boolean {
  return /^(?:\.|%2e){1,2}$/i.test(segment);
}

function elsewhere(value: string, what: string): StepError {
  return new StepError(
    'invalid_url',
    `The value "${value.slice(0, 80)}" in the address would ${what}. The request was not sent.`,
  );
}

function encodes(expression: string): boolean {
  try {
    return holdsEncoder(parseExpression(expression));
  } catch {
    return false;
  }
}

function holdsEncoder(node: Node): boolean {
  if ((node.op === 'call' || node.op === 'rcall') && encoders.has(node.args[0])) return true;
  return childrenOf(node).some(holdsEncoder);
}
