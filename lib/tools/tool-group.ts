import type { ToolSource } from './define-tool';

/** What the `ref` of all tools of one server or service begins with, and what people call it; others stand alone. */
export function toolGroup({
  source,
  ref,
  title,
}: {
  source: ToolSource;
  ref: string;
  title: string;
}): { of: string; name: string } | undefined {
  if (source !== 'mcp' && source !== 'service') return undefined;
  return {
    of: ref.slice(0, ref.lastIndexOf(':') + 1),
    name: title.slice(0, Math.max(0, title.indexOf(': '))) || title,
  };
}
