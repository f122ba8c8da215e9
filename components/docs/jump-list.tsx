type Props = { label: string; groups: readonly { title: string; items: Item[] }[] };
type Item = { href: string; label: string };

/** Where a long page leads, by group. */
export function JumpList({ label, groups }: Props) {
  return (
    <nav aria-label={label} className="rounded-lg border bg-bg px-4 py-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
        {groups.map(({ title, items }) => (
          <div key={title} className="contents">
            <dt className="text-faint">{title}</dt>
            <dd className="flex flex-wrap gap-x-3 gap-y-1">
              {items.map(({ href, label: name }) => (
                <a key={href} href={href} className="rounded-sm text-accent hover:underline">
                  {name}
                </a>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </nav>
  );
}
