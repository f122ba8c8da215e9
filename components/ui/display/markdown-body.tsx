'use client';

import { type ComponentProps, memo } from 'react';
import { Streamdown } from 'streamdown';
import { cn } from '../cn';

export type MarkdownProps = { text: string; streaming?: boolean; className?: string };

type Rendered<Tag extends 'a' | 'code' | 'img' | 'pre' | 'table'> = ComponentProps<Tag> & {
  node?: unknown;
};

/** Plain elements instead of the renderer's own frames. */
const components = {
  a: ({ node: _node, children, href }: Rendered<'a'>) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  code: ({ node: _node, className, children }: Rendered<'code'>) => (
    <code className={className}>{children}</code>
  ),
  pre: ({ node: _node, children }: Rendered<'pre'>) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
  table: ({ node: _node, children }: Rendered<'table'>) => <table>{children}</table>,
  // A picture of a model's answer is not loaded: its address could carry data out.
  img: ({ node: _node, src, alt }: Rendered<'img'>) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noreferrer noopener">
      {alt || 'picture'}
    </a>
  ),
};

/** See `Markdown`. */
export const MarkdownBody = memo(function MarkdownBody({
  text,
  streaming,
  className,
}: MarkdownProps) {
  return (
    <div className={cn('prose-ensemble', className)}>
      <Streamdown
        mode={streaming ? 'streaming' : 'static'}
        controls={false}
        skipHtml
        linkSafety={{ enabled: false }}
        components={components}
      >
        {text}
      </Streamdown>
    </div>
  );
});
