/** A sentence whose parts in backticks are code. */
export function WithCode({ text }: { text: string }) {
  return text.split(/(`[^`]*`)/).map((part, index) =>
    part.startsWith('`') ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same words may stand twice, and none ever moves
      <code key={index} className="rounded-sm bg-hover px-1 py-0.5 font-mono text-xs">
        {part.slice(1, -1)}
      </code>
    ) : (
      part
    ),
  );
}
