'use client';

import { cn } from '../cn';
import { later } from '../later';
import type { MarkdownProps } from './markdown-body';

/** Markdown as it arrives or as a whole: unfinished marks are closed while `streaming`. Raw HTML is not rendered. */
export const Markdown = later<MarkdownProps>(
  () => import('./markdown-body').then((found) => found.MarkdownBody),
  Plain,
);

/** The text as it was written, until there is something that can read it. */
function Plain({ text, className }: MarkdownProps) {
  return <div className={cn('prose-ensemble whitespace-pre-wrap', className)}>{text}</div>;
}
