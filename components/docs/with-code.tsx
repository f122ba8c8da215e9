/** A sentence whose parts in backticks are code. */
export function WithCode({ text }: { text: string }) {
  return text.split(/(`[^`]*`)/).map((part) =>
    part.startsWith('`') ? (
      <code key={part} className="rounded-sm bg-hover px-1 py-0.5 font-mono text-xs">
        {part.slice(1, -1)}
      </code>
    ) : (
      part
    ),
  );
}
