/** What a page of the manual is made of: as much of Markdown as it uses, and no more. */
export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'em'; children: Inline[] }
  | { kind: 'link'; href: string; children: Inline[] };

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'list'; ordered: boolean; items: Block[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'code'; label: string; text: string }
  /** An expression or a text with expressions, what it is given, and what comes out: run by a test. */
  | {
      kind: 'example';
      title: string;
      write: string;
      given: Record<string, unknown>;
      gives: unknown;
    }
  /** `name` is that of a file in `public/manual`, without theme and ending. */
  | { kind: 'picture'; name: string; alt: string }
  | { kind: 'tip'; blocks: Block[] };

/** What a reader reads of it, without marks: for search. */
export function textOfBlocks(blocks: readonly Block[]): string {
  return blocks.map(textOfBlock).join(' ').replace(/\s+/g, ' ').trim();
}

function textOfBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return textOf(block.children);
    case 'list':
      return block.items.map(textOfBlocks).join(' ');
    case 'table':
      return [...block.head, ...block.rows.flat()].map(textOf).join(' ');
    case 'code':
      return `${block.label} ${block.text}`;
    case 'example':
      return `${block.title} ${block.write}`;
    case 'picture':
      return '';
    case 'tip':
      return textOfBlocks(block.blocks);
  }
}

export function textOf(inline: readonly Inline[]): string {
  return inline.map((part) => ('text' in part ? part.text : textOf(part.children))).join('');
}

/** Every block, also those inside others. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'list') return [block, ...block.items.flatMap(allBlocks)];
    if (block.kind === 'tip') return [block, ...allBlocks(block.blocks)];
    return [block];
  });
}

/** Addresses that some blocks lead to. */
export function linksIn(blocks: readonly Block[]): string[] {
  return allBlocks(blocks).flatMap((block) => {
    if (block.kind === 'paragraph') return linksOf(block.children);
    if (block.kind === 'table') return [...block.head, ...block.rows.flat()].flatMap(linksOf);
    return [];
  });
}

function linksOf(inline: readonly Inline[]): string[] {
  return inline.flatMap((part) => {
    if (!('children' in part)) return [];
    return [...(part.kind === 'link' ? [part.href] : []), ...linksOf(part.children)];
  });
}
