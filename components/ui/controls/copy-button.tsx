'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { IconButton } from './icon-button';
import { toastError } from './toast';

/** Copies a text, and says so for a moment. */
export function CopyButton({
  text,
  label = 'Copy',
  className,
}: {
  text: string | (() => string);
  label?: string;
  className?: string;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      (error: unknown) => toastError('Could not copy', error),
    );
  };
  return (
    <IconButton label={copied ? 'Copied' : label} size="sm" onClick={copy} className={className}>
      {copied ? <Check className="text-success" /> : <Copy />}
    </IconButton>
  );
}
