import type { MarkedToken, Token, Tokens } from 'marked';
import { parse } from 'yaml';
import { z } from 'zod';
import { readJson } from '@/lib/api/json/read-json';
import type { Block, Inline } from './blocks';

/** Blocks of Markdown tokens. Throws for what the manual does not use, so that nothing is shown by half. */
export function readBlocks(tokens: readonly Token[]): Block[] {
  return tokens.filter(isKnown).flatMap(readBlock);
}

/** Extensions could add other tokens; there are none. */
const isKnown = (token: Token): token is MarkedToken => token.type !== '';

function readBlock(token: MarkedToken): Block[] {
  switch (token.type) {
    case 'space':
      return [];
    case 'paragraph':
    case 'text':
      return readParagraph(token.tokens ?? []);
    case 'list':
      return [
        {
          kind: 'list',
          ordered: token.ordered,
          items: token.items.map((item) => readBlocks(item.tokens)),
        },
      ];
    case 'table':
      return [{ kind: 'table', head: cells(token.header), rows: token.rows.map(cells) }];
    case 'blockquote':
      return [{ kind: 'tip', blocks: readBlocks(token.tokens) }];
    case 'code':
      return [readCode(token)];
    default:
      throw new Error(`The manual does not use “${token.type}”: ${token.raw.slice(0, 60)}`);
  }
}

const cells = (row: readonly Tokens.TableCell[]) => row.map((cell) => readInline(cell.tokens));

/** A picture stands alone in its paragraph. */
function readParagraph(tokens: readonly Token[]): Block[] {
  const [first] = tokens.filter(isKnown);
  if (first?.type === 'image') return [{ kind: 'picture', name: first.href, alt: first.text }];
  return [{ kind: 'paragraph', children: readInline(tokens) }];
}

function readInline(tokens: readonly Token[]): Inline[] {
  return tokens.filter(isKnown).map((token): Inline => {
    switch (token.type) {
      case 'text':
      case 'escape':
        return { kind: 'text', text: token.text };
      case 'codespan':
        return { kind: 'code', text: token.text };
      case 'strong':
      case 'em':
        return { kind: token.type, children: readInline(token.tokens) };
      case 'link':
        return { kind: 'link', href: token.href, children: readInline(token.tokens) };
      default:
        throw new Error(`The manual does not use “${token.type}”: ${token.raw.slice(0, 60)}`);
    }
  });
}

/** The first word of a fence says what is in it; what follows is its name for people. */
function readCode({ lang = '', text }: Tokens.Code): Block {
  const [kind = '', ...rest] = lang.split(' ');
  const label = rest.join(' ');
  return kind === 'example' ? readExample(label, text) : { kind: 'code', label, text };
}

const exampleSchema = z.strictObject({
  write: z.string(),
  given: z.record(z.string(), z.unknown()).default({}),
  gives: z.string(),
});

/** An example is YAML: `write` the expression, `given` the values it can name, `gives` the result as JSON. */
function readExample(title: string, text: string): Block {
  const { write, given, gives } = exampleSchema.parse(parse(text));
  const result = readJson(gives);
  if (!result.ok) throw new Error(`“${gives}” is not JSON.`);
  return { kind: 'example', title, write: write.trim(), given, gives: result.value };
}
