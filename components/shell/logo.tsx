/** The product's mark. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden className="shrink-0">
      <rect width="32" height="32" rx="8" fill="var(--accent-solid)" />
      <g fill="none" stroke="#fff" strokeWidth="2" strokeLinecap="round">
        <path d="M10 16h4c4 0 3-7 8-7M14 16c4 0 3 7 8 7" />
      </g>
      <g fill="#fff">
        <circle cx="9" cy="16" r="3" />
        <circle cx="23" cy="9" r="3" />
        <circle cx="23" cy="23" r="3" />
      </g>
    </svg>
  );
}
