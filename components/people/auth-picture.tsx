type Step = { x: number; y: number; name: string; note: string; tone: string };

const steps: Step[] = [
  { x: 20, y: 150, name: 'Fetch sales', note: 'Read file', tone: 'var(--success)' },
  { x: 240, y: 150, name: 'Clean', note: 'Transform', tone: 'var(--success)' },
  { x: 460, y: 60, name: 'Trends', note: 'Agent', tone: 'var(--info)' },
  { x: 460, y: 240, name: 'Prediction', note: 'Agent', tone: 'var(--info)' },
  { x: 680, y: 150, name: 'Report', note: 'Output', tone: 'var(--border-strong)' },
];
const wires = [
  [0, 1],
  [1, 2],
  [1, 3],
  [2, 4],
  [3, 4],
] as const;
const width = 160;
const height = 58;

/** A workflow on a canvas with two people in it: decoration beside the sign-in form. */
export function AuthPicture() {
  return (
    <svg aria-hidden viewBox="-20 0 900 360" className="w-full max-w-[860px] px-6">
      <defs>
        <pattern id="auth-dots" width="20" height="20" patternUnits="userSpaceOnUse">
          <circle cx="1.2" cy="1.2" r="1.2" fill="var(--border)" />
        </pattern>
        <radialGradient id="auth-fade">
          <stop offset="55%" stopColor="#fff" />
          <stop offset="100%" stopColor="#fff" stopOpacity="0" />
        </radialGradient>
        <mask id="auth-mask">
          <rect x="-20" width="900" height="360" fill="url(#auth-fade)" />
        </mask>
      </defs>
      <rect x="-20" width="900" height="360" fill="url(#auth-dots)" mask="url(#auth-mask)" />
      {wires.map(([from, to]) => (
        <Wire key={`${from}-${to}`} from={steps[from]} to={steps[to]} />
      ))}
      {steps.map((step) => (
        <Card key={step.name} {...step} />
      ))}
      <Cursor x={590} y={106} name="Ada" fill="#8a4bb0" />
      <Cursor x={356} y={222} name="Grace" fill="#14766f" />
    </svg>
  );
}

function Wire({ from, to }: { from: Step | undefined; to: Step | undefined }) {
  if (!from || !to) return null;
  const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x, to.y + height / 2];
  const middle = (x1 + x2) / 2;
  return (
    <path
      d={`M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}
      fill="none"
      stroke="var(--border-strong)"
      strokeWidth="1.5"
    />
  );
}

function Card({ x, y, name, note, tone }: Step) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect
        width={width}
        height={height}
        rx="8"
        fill="var(--raised)"
        stroke="var(--border-strong)"
      />
      <rect x="12" y="15" width="28" height="28" rx="6" fill="var(--hover)" />
      <circle cx="26" cy="29" r="5" fill="none" stroke="var(--muted)" strokeWidth="1.5" />
      <text x="50" y="26" fontSize="13" fontWeight="500" fill="var(--fg)">
        {name}
      </text>
      <text x="50" y="43" fontSize="11" fill="var(--muted)">
        {note}
      </text>
      <circle cx={width - 16} cy="29" r="4" fill={tone} />
    </g>
  );
}

function Cursor({ x, y, name, fill }: { x: number; y: number; name: string; fill: string }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <path d="M0 0 4.5 15 7.5 8.8 14 6.4Z" fill={fill} stroke="var(--surface)" />
      <rect x="12" y="13" width={name.length * 7 + 12} height="19" rx="4" fill={fill} />
      <text x="18" y="26.5" fontSize="11" fontWeight="500" fill="#fff">
        {name}
      </text>
    </g>
  );
}
