'use client';

import { useEffect, useState } from 'react';
import { TextEditor } from '@/components/text-editor/text-editor';
import { readJson } from '@/lib/api/json/read-json';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';

function show(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

function read(text: string): { value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  const parsed = readJson(text);
  return parsed.ok ? { value: parsed.value } : undefined;
}

/** Any JSON. It is written when it parses; until then it stays in the field, marked. */
export function JsonControl({ field, value, path, invalid }: ControlProps) {
  const host = useFormHost();
  const known = show(value);
  const [draft, setDraft] = useState(known);
  useEffect(() => {
    setDraft((now) => (show(read(now)?.value) === known ? now : known));
  }, [known]);
  const change = (next: string) => {
    setDraft(next);
    const parsed = read(next);
    if (parsed && show(parsed.value) !== known) host.set(path, parsed.value);
  };
  return (
    <TextEditor
      language="json"
      label={field.title}
      value={draft}
      onChange={change}
      readOnly={host.readOnly}
      invalid={invalid || read(draft) === undefined}
      minHeight={72}
      onFocus={() => host.onFocus?.(path)}
      onBlur={() => host.onFocus?.(undefined)}
    />
  );
}
