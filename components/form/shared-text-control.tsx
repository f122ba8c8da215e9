'use client';

import { TextEditor } from '@/components/text-editor/text-editor';
import type { TextLanguage } from '@/components/text-editor/tokenize';
import { isReadByPeople } from '@/lib/workflows/problems/read-by-people';
import type { ControlProps } from './control-props';
import { useFormHost } from './host';
import { LiveResult } from './live-result';

const looks: Record<string, { language: TextLanguage; minHeight: number; hint?: string }> = {
  prompt: { language: 'template', minHeight: 128, hint: 'Type {{ to use an earlier result' },
  template: { language: 'template', minHeight: 0, hint: 'Type {{ to use an earlier result' },
  text: { language: 'template', minHeight: 60 },
  expression: { language: 'expression', minHeight: 0, hint: 'steps.name.output' },
  json: { language: 'json', minHeight: 72 },
  code: { language: 'javascript', minHeight: 160 },
};

/** How a text is worked out; undefined for those that are taken as they stand. */
const worked: Record<string, 'expression' | 'template'> = {
  prompt: 'template',
  template: 'template',
  expression: 'expression',
};

/** A text that several people edit at once, character by character, and what it gives. */
export function SharedTextControl(props: ControlProps & { widget: string }) {
  const { value, widget } = props;
  const as = worked[widget];
  return (
    <>
      <SharedText {...props} />
      {as === undefined || typeof value !== 'string' ? null : <LiveResult text={value} as={as} />}
    </>
  );
}

function SharedText({ field, value, path, invalid, widget }: ControlProps & { widget: string }) {
  const host = useFormHost();
  const as = worked[widget];
  const look = looks[widget] ?? { language: 'plain' as const, minHeight: 0 };
  const text = host.text?.(path);
  const tables = isReadByPeople(host.stepType, path[0]);
  const { suggest } = host;
  const common = {
    language: look.language,
    label: field.title,
    readOnly: host.readOnly,
    invalid,
    minHeight: look.minHeight,
    ...(field.placeholder || look.hint ? { placeholder: field.placeholder ?? look.hint } : {}),
    ...(suggest ? { suggest: (typed: string, at: number) => suggest(typed, at, tables) } : {}),
    tables,
    ...(host.describe && as !== undefined ? { describe: host.describe } : {}),
    onFocus: () => host.onFocus?.(path),
    onBlur: () => host.onFocus?.(undefined),
  };
  if (text) {
    return (
      <TextEditor
        {...common}
        text={text}
        {...(host.undo ? { undo: host.undo } : {})}
        {...(host.carets ? { carets: host.carets(path) } : {})}
        {...(host.comments ? { comments: host.comments(path) } : {})}
      />
    );
  }
  return (
    <TextEditor
      {...common}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => host.set(path, next)}
    />
  );
}
