import { Info } from 'lucide-react';
import Link from 'next/link';
import { CodeBlock } from '@/components/ui/display/code-block';
import type { Block, Inline } from '@/lib/manual/blocks';
import { ManualExample } from './manual-example';
import { ManualPicture, type Pictures } from './manual-picture';

/** Parts of a page of the manual. */
export function ManualBlocks({
  blocks,
  pictures,
}: {
  blocks: readonly Block[];
  pictures: Pictures;
}) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page is written once, and nothing in it moves
    <ManualBlock key={index} block={block} pictures={pictures} />
  ));
}

function ManualBlock({ block, pictures }: { block: Block; pictures: Pictures }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p className="max-w-[72ch]">
          <Text parts={block.children} />
        </p>
      );
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List
          className={`max-w-[72ch] space-y-1.5 pl-5 marker:text-faint ${block.ordered ? 'list-decimal' : 'list-disc'}`}
        >
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is written once, and nothing in it moves
            <li key={index} className="space-y-1.5 pl-1">
              <ManualBlocks blocks={item} pictures={pictures} />
            </li>
          ))}
        </List>
      );
    }
    case 'table':
      return <Table head={block.head} rows={block.rows} />;
    case 'code':
      return <CodeBlock label={block.label || 'Code'} code={block.text} />;
    case 'example':
      return <ManualExample {...block} />;
    case 'picture':
      return <ManualPicture name={block.name} alt={block.alt} pictures={pictures} />;
    case 'tip':
      return (
        <aside className="flex max-w-[72ch] gap-2.5 rounded-lg border bg-bg px-3.5 py-3">
          <Info className="mt-0.5 size-4 shrink-0 text-accent" aria-hidden />
          <div className="min-w-0 flex-1 space-y-2 text-muted">
            <ManualBlocks blocks={block.blocks} pictures={pictures} />
          </div>
        </aside>
      );
  }
}

function Table({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="overflow-x-auto rounded-lg border">
      <table className="w-full border-collapse text-sm">
        <thead className="border-b text-left text-xs text-muted">
          <tr>
            {head.map((cell, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              <th key={index} scope="col" className="px-3 py-2 font-medium">
                <Text parts={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y align-top">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows do not move
            <tr key={index}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                <td key={column} className="min-w-28 px-3 py-2 first:font-medium">
                  <Text parts={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Text({ parts }: { parts: readonly Inline[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a page is written once, and nothing in it moves
    <Part key={index} part={part} />
  ));
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return (
        <code className="rounded-sm bg-hover px-1 py-0.5 font-mono text-xs [overflow-wrap:anywhere]">
          {part.text}
        </code>
      );
    case 'strong':
      return (
        <strong className="font-medium text-fg">
          <Text parts={part.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Text parts={part.children} />
        </em>
      );
    case 'link':
      return (
        <Link
          href={part.href}
          prefetch={false}
          className="rounded-sm text-accent underline underline-offset-2"
        >
          <Text parts={part.children} />
        </Link>
      );
  }
}
