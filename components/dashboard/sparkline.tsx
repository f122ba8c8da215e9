import { cn } from '@/components/ui/cn';

type Props = {
  /** One value a day, the newest last; a day without a value leaves a gap. */
  values: (number | undefined)[];
  className?: string;
};

const size = { width: 84, height: 24 };

/** Seven days as bars. Decorative: the figure beside it says what matters. */
export function Bars({ values, parts, className }: Props & { parts?: (number | undefined)[] }) {
  const most = Math.max(...values.map((value) => value ?? 0), 1e-9);
  const step = size.width / values.length;
  return (
    <svg aria-hidden width={size.width} height={size.height} className={cn('shrink-0', className)}>
      {values.map((value, index) => {
        const height = value ? Math.max((value / most) * size.height, 2) : 1;
        const part = parts?.[index] ?? 0;
        const partHeight = part > 0 ? Math.max((part / most) * size.height, 2) : 0;
        const x = index * step;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the days have fixed places
          <g key={index}>
            <rect
              x={x}
              y={size.height - height}
              width={step - 3}
              height={height}
              rx={1}
              className={value ? 'fill-faint/60' : 'fill-border-strong'}
            />
            {partHeight > 0 ? (
              <rect
                x={x}
                y={size.height - partHeight}
                width={step - 3}
                height={partHeight}
                rx={1}
                className="fill-danger"
              />
            ) : null}
          </g>
        );
      })}
    </svg>
  );
}

/** Seven days as a line through the days that have a value. */
export function Line({ values, className }: Props) {
  const known = values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]));
  const most = Math.max(...known.map((each) => each.value), 1e-9);
  const at = ({ value, index }: { value: number; index: number }) => ({
    x: 2 + (index / Math.max(values.length - 1, 1)) * (size.width - 4),
    y: size.height - 3 - (value / most) * (size.height - 6),
  });
  const points = known.map(at);
  const last = points.at(-1);
  return (
    <svg aria-hidden width={size.width} height={size.height} className={cn('shrink-0', className)}>
      <line
        x1={0}
        x2={size.width}
        y1={size.height - 0.5}
        y2={size.height - 0.5}
        className="stroke-border"
      />
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        strokeWidth={1.5}
        strokeLinejoin="round"
        className="stroke-faint"
      />
      {last ? <circle cx={last.x} cy={last.y} r={2} className="fill-fg" /> : null}
    </svg>
  );
}
