/** Inputs of an attack beside expressions: schemas, files, rhythms, and workflows full of faults. */
export type Named<Value> = readonly [name: string, value: Value];

const refs = (count: number, by: 'anyOf' | 'allOf' | 'oneOf') => ({
  $defs: Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const next = { $ref: `#/$defs/d${index + 1}` };
      return [`d${index}`, index === count - 1 ? { type: 'integer' } : { [by]: [next, next] }];
    }),
  ),
  $ref: '#/$defs/d0',
});
const nested = (depth: number): object =>
  depth === 0
    ? { type: 'string' }
    : { type: 'object', properties: { a: nested(depth - 1) }, required: ['a'] };
const evil = `${'a'.repeat(45)}!`;

export const schemas: readonly Named<object>[] = [
  ['an evil pattern', { type: 'string', default: evil, pattern: '^(a+)+$' }],
  ['an evil choice', { type: 'string', default: evil, pattern: '^(a|aa)+$' }],
  [
    'an evil pattern of a field',
    { type: 'object', properties: { a: { default: evil, pattern: '(a*)*b' } } },
  ],
  [
    'an evil pattern of names',
    { type: 'object', default: { [evil]: 1 }, patternProperties: { '^(a+)+$': {} } },
  ],
  ['many items', { type: 'array', items: { type: 'string' }, minItems: 1e8 }],
  ['a long text', { type: 'string', minLength: 1e9 }],
  [
    'items of items',
    {
      type: 'array',
      minItems: 500,
      items: { type: 'array', minItems: 500, items: { type: 'array', minItems: 500 } },
    },
  ],
  ['unions of references', refs(40, 'anyOf')],
  ['all of references', refs(40, 'allOf')],
  ['one of references', refs(30, 'oneOf')],
  ['itself', { type: 'object', properties: { a: { $ref: '#' } }, required: ['a'] }],
  ['itself in a union', { anyOf: [{ $ref: '#' }, { $ref: '#' }] }],
  ['depth', nested(600)],
  [
    'many fields',
    {
      type: 'object',
      properties: Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`p${i}`, {}])),
    },
  ],
  ['a wide enum', { enum: Array.from({ length: 5_000 }, (_, i) => `v${i}`) }],
  ['long defaults', { type: 'array', minItems: 1_000, items: { default: 'x'.repeat(30_000) } }],
];

const step = (expression: string) =>
  `nodes:\n  - {id: a, type: transform, name: A, config: {expression: "${expression}"}}\n`;

const keys = (count: number) => Array.from({ length: count }, (_, i) => `"k${i}":1`).join(',');

const faulty = (count: number) =>
  JSON.stringify({
    name: 'x',
    nodes: Array.from({ length: count }, (_, i) => ({
      ...{ id: `n${i}`, type: 'transform', name: 'N', config: { expression: [1] } },
    })),
  });

/** Steps without positions, and edges that lead across many others. */
const tangle = (nodes: number, edges: number) =>
  JSON.stringify({
    name: 'x',
    nodes: Array.from({ length: nodes }, (_, i) => ({
      ...{ id: `n${i}`, type: 'transform', name: 'N', config: { expression: '1' } },
    })),
    edges: Array.from({ length: edges }, (_, i) => {
      const from = (i * 7_919) % (nodes - 1);
      const to = from + 1 + ((i * 104_729) % (nodes - from - 1));
      return { source: `n${from}`, target: `n${to}`, sourcePort: 'out', targetPort: 'in' };
    }),
  });

export const files: readonly Named<{ type: 'yaml' | 'json'; text: string }>[] = [
  [
    'laughs',
    {
      type: 'yaml',
      text: `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
        .split('')
        .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[i]}`).join(',')}]`)
        .join('\n')}\n`,
    },
  ],
  [
    'levels of YAML',
    { type: 'yaml', text: `name: x\nnodes: ${'['.repeat(1_400)}${']'.repeat(1_400)}\n` },
  ],
  ['levels of dashes', { type: 'yaml', text: `${'- '.repeat(20_000)}x\n` }],
  [
    'indented levels',
    {
      type: 'yaml',
      text: Array.from({ length: 1_400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    },
  ],
  ['levels of JSON', { type: 'json', text: '['.repeat(500_000) + ']'.repeat(500_000) }],
  ['objects of JSON', { type: 'json', text: `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}` }],
  [
    'many keys',
    {
      type: 'yaml',
      text: `name: x\n${Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')}`,
    },
  ],
  ['one key many times', { type: 'yaml', text: 'name: x\n'.repeat(60_000) }],
  [
    'anchors',
    { type: 'yaml', text: Array.from({ length: 20_000 }, (_, i) => `k${i}: &a${i} 1`).join('\n') },
  ],
  ['a wrong end', { type: 'json', text: `{"name":"${'x'.repeat(1_900_000)}` }],
  ['quotes', { type: 'yaml', text: `name: "${'\\"'.repeat(500_000)}` }],
  ['tabs', { type: 'yaml', text: `name: x\n${'\t'.repeat(500_000)}` }],
  ['comments', { type: 'yaml', text: `name: x\n${'#\n'.repeat(90_000)}${step('1')}` }],
  ['tags', { type: 'yaml', text: `name: ${'!a '.repeat(60_000)}` }],
  ['flow of nothing', { type: 'yaml', text: `name: x\nnodes: [${','.repeat(90_000)}]` }],
  ['unknown fields of JSON', { type: 'json', text: `{${keys(9_000)}}` }],
  ['unknown fields in steps', { type: 'json', text: faulty(900) }],
  ['a tangle', { type: 'json', text: tangle(1_000, 1_500) }],
  ['a wide tangle', { type: 'json', text: tangle(1_000, 5_000) }],
  ['documents', { type: 'yaml', text: '---\nname: x\n'.repeat(30_000) }],
];

const unknown = Array.from({ length: 1_900 }, (_, i) => `a${i}`).join('+');
const full = (count: number, expression: string) => ({
  name: 'Full',
  nodes: Array.from({ length: count }, (_, i) => ({
    id: `n${i}`,
    type: 'transform',
    name: `N${i}`,
    config: { expression },
  })),
});

export const workflows: readonly Named<object>[] = [
  ['unknown names in 180 steps', full(180, unknown)],
  [
    'unknown steps in 180 steps',
    full(
      180,
      unknown
        .replaceAll('a', 'steps.s')
        .slice(0, 19_000)
        .replace(/\+[^+]*$/, ''),
    ),
  ],
  [
    'unknown functions in 180 steps',
    full(180, Array.from({ length: 900 }, (_, i) => `f${i}(1)`).join('+')),
  ],
  ['broken expressions in 300 steps', full(300, '('.repeat(4_000))],
  ['deep conditions in 150 steps', full(150, `${'true?1:'.repeat(1_400)}1`)],
];

export const rhythms: readonly Named<string>[] = [
  ['never', '0 0 30 2 *'],
  ['never, in five months', '0 0 31 2,4,6,9,11 *'],
  ['seldom', '0 0 29 2 1#1'],
  ['all minutes', '0-59,0-59,0-59,0-59,0-59,0-59,0-59,0-59,0-59,0-59 * * * *'],
  ['many steps', '*/1,*/2,*/3,*/4,*/5,*/6,*/7,*/8,*/9 */1,*/2,*/3 * * *'],
  ['no numbers', 'a b c d e'],
  ['weekdays near the 31st', '0 0 31W 2 *'],
  ['last', '0 0 L 2 5L'],
];
