'use client';

import type { ReactNode } from 'react';
import { TextEditor } from './text-editor';

type Props = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it, as `readJson` or whoever takes it says. */
  error: string | undefined;
  /** What stands below while nothing is wrong. */
  hint?: ReactNode;
  /** In pixels. */
  minHeight?: number;
  maxHeight?: number;
};

/** A field for a JSON value, with what is wrong about it below. */
export function JsonEditor({ error, hint, ...field }: Props) {
  return (
    <div className="space-y-2">
      <TextEditor language="json" {...field} invalid={error !== undefined} />
      {error !== undefined ? (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      ) : hint ? (
        <p className="text-xs text-faint">{hint}</p>
      ) : null}
    </div>
  );
}
