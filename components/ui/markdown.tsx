'use client';

import { memo } from 'react';
import { Streamdown } from 'streamdown';
import { cn } from './cn';

/** Markdown as it arrives or as a whole: unfinished marks are closed while `streaming`. Raw HTML is not rendered. */
export const Markdown = memo(function Markdown({
  text,
  streaming,
  className,
}: {
  text: string;
  streaming?: boolean;
  className?: string;
}) {
  return (
    <div className={cn('prose-ensemble', className)}>
      <Streamdown mode={streaming ? 'streaming' : 'static'} controls={false} skipHtml>
        {text}
      </Streamdown>
    </div>
  );
});
