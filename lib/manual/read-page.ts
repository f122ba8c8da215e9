import { lexer, type Token, type Tokens } from 'marked';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Block } from './blocks';
import { manualGroups } from './groups';
import { readBlocks } from './read-blocks';

const frontSchema = z.strictObject({
  title: z.string().min(1).max(60),
  group: z.enum(manualGroups),
  /** Its place in the group. */
  order: z.number().int(),
  summary: z.string().min(1).max(160),
  /** Words by which people look for it that do not stand in it. */
  words: z.string().default(''),
});

/** A part of a page below a heading; the first one, which has none, is what stands above them. */
export type Section = { anchor: string; title: string; depth: number; blocks: Block[] };

export type ManualPage = z.infer<typeof frontSchema> & {
  /** Its address below `/docs`. */
  slug: string;
  sections: Section[];
};

const frontMatter = /^---\n([\s\S]*?)\n---\n/;
const named = /^(.*?)\s*\{#([a-z][a-z0-9-]*)\}$/;

/**
 * Reads a page of the manual: front matter, then Markdown. Each heading names its anchor itself, `## Title {#anchor}`,
 * so that links outlive a better title. Throws with a sentence about what is wrong.
 */
export function readPage(slug: string, text: string): ManualPage {
  const front = frontMatter.exec(text);
  if (!front) throw new Error(`${slug}: the page does not begin with front matter.`);
  const head = frontSchema.parse(parse(front[1] ?? ''));
  const parts: { heading?: Tokens.Heading; tokens: Token[] }[] = [{ tokens: [] }];
  for (const token of lexer(text.slice(front[0].length))) {
    if (isHeading(token)) parts.push({ heading: token, tokens: [] });
    else parts.at(-1)?.tokens.push(token);
  }
  const sections = parts.map(({ heading, tokens }) => {
    const { anchor, title, depth } = heading ? titleOf(slug, heading) : untitled;
    return { anchor, title, depth, blocks: readBlocks(tokens) };
  });
  return { ...head, slug, sections };
}

const untitled = { anchor: '', title: '', depth: 1 };
const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading';

function titleOf(slug: string, { text, depth }: Tokens.Heading) {
  const [, title, anchor] = named.exec(text) ?? [];
  if (title === undefined || anchor === undefined) {
    throw new Error(`${slug}: the heading “${text}” names no anchor ({#…}).`);
  }
  return { anchor, title, depth };
}
