/** Parts of which values are made that people have got into other people's statements with. */
const parts = [
  ...[
    "'",
    '"',
    '`',
    "''",
    '\\',
    "\\'",
    ';',
    '--',
    '#',
    '/*',
    '*/',
    '$1',
    '$$',
    '?',
    '%',
    '\n',
    '\t',
  ],
  ...['; drop table accounts', '; delete from accounts', '; update accounts set balance = 0'],
  ...[
    ' or 1=1',
    "' or '1'='1",
    "'; commit; delete from accounts; --",
    ') or (1=1',
    'union select 1',
  ],
  ...[
    '{{ 1 }}',
    ':name',
    '@x',
    'null',
    "E'\\x27'",
    '\u02bc',
    '\uff07',
    '0x27',
    "'||'",
    'pg_sleep(0)',
  ],
];

/** The same `count` values in every run. */
export function hostileValues(count: number): string[] {
  let state = 20_261_130;
  const next = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(6) }, () => parts[next(parts.length)]).join(''),
  );
}
