/** A text of people that would take much time or memory if it were let. */
export type Bomb = { kind: string; name: string; text: string; as: 'expression' | 'template' };

const expression = (kind: string, name: string, text: string): Bomb => ({
  kind,
  name,
  text,
  as: 'expression',
});
const template = (kind: string, name: string, text: string): Bomb => ({
  kind,
  name,
  text,
  as: 'template',
});

/** An expression around a text of up to 2,000,000 characters that is called `t`. */
const withText = (body: string, part = 'abcdefghi ', count = 190_000) =>
  `cel.bind(t, range(${count}).map(i, "${part}").join(""), ${body})`;
/** The same many times. */
const often = (body: string, count = 100_000) => withText(`range(${count}).map(i, ${body}).size()`);
const doubled = (times: number, start: string, body: string) =>
  `${`cel.bind(x, ${start}, `}${'cel.bind(x, x + x, '.repeat(times)}${body}${')'.repeat(times + 1)}`;

const patterns: [string, string][] = [
  ['nested repetition of nothing', '"a".matches("(((((){200}){200}){200}){200}){200}")'],
  ['nested repetition of an anchor', '"a".matches("((((^){200}){200}){200}){200}")'],
  ['nested repetition of an empty choice', '"a".matches("(((|){200}){200}){200}")'],
  ['nested optional repetition', '"a".matches("((((){0,200}){0,200}){0,200}){0,200}")'],
  ['nested repetition of letters', '"a".matches("((((a{200}){200}){200}){200}){200}")'],
  ['nested repetition of a word boundary', '"a".matches("(((\\\\b{200}){200}){200}){200}")'],
  ['stars in stars', withText('t.matches("(a*)*(a*)*(a*)*(a*)*(a*)*b")', 'aaaaaaaaaa')],
  ['stars of empty stars', withText('t.matches("((a?){0,20}){0,20}b")', 'aaaaaaaaaa')],
  [
    'many ways over a long text',
    withText(`t.matches("${'a?'.repeat(200)}${'a'.repeat(200)}$")`, 'aaaaaaaaaa'),
  ],
  ['a class of thousands', withText(`t.matches("[${'bcdfgjkl'.repeat(120)}]{200}z")`)],
  ['classes in a row', withText(`t.matches("(${'[^a-z]|'.repeat(150)}[0-9]+)+$")`)],
  [
    'a class of every other letter',
    withText(
      `t.matches("[${[...Array(400).keys()].map((i) => String.fromCharCode(0x4e00 + 2 * i)).join('')}]+z")`,
    ),
  ],
  ['a pattern in a loop', `range(100000).map(i, "ab".matches("${'(a|b)?'.repeat(100)}c")).size()`],
  [
    'a different pattern each time',
    `range(20000).map(i, "ab".matches("${'(a|b)?'.repeat(100)}" + string(i))).size()`,
  ],
  ['a large choice', `"x".matches("${'ab|'.repeat(600)}")`],
  ['deep groups', `"x".matches("${'('.repeat(900)}${')'.repeat(900)}")`],
  ['a long pattern that a text makes', withText('"a".matches(t)')],
  ['a word boundary at each place', often('t.matches("\\\\b\\\\b\\\\b\\\\bz{9}")', 100)],
  ['email', withText('t.matches("^([a-zA-Z0-9._-]+)+@([a-z]+\\\\.)+[a-z]{2,}$")', 'aaaaaaaaaa')],
  ['the evil one', withText('t.matches("^(a+)+$")', 'aaaaaaaaa!')],
];

const texts: [string, string][] = [
  ['lower', often('t.lower()')],
  ['upper', often('t.upper()')],
  ['trim', often('t.trim()')],
  ['contains', often('t.contains("zzz")')],
  ['contains the worst', withText(`t.contains("b${'a'.repeat(800)}")`, 'aaaaaaaaaa')],
  [
    'contains a long part',
    withText(
      'cel.bind(p, "b" + t.substring(0, 900000), range(50).map(i, t.contains(p)).size())',
      'aaaaaaaaaa',
    ),
  ],
  ['indexOf', often('t.indexOf("zzz")')],
  [
    'indexOf the worst',
    withText('range(50).map(i, t.indexOf("b" + t.substring(0, 60))).size()', 'aaaaaaaaaa'),
  ],
  ['in', often('"zzz" in t')],
  ['starts', withText('range(100000).map(i, t.startsWith(t)).size()')],
  ['ends', withText('range(100000).map(i, t.endsWith(t)).size()')],
  ['string', often('string(t)')],
  ['json', often('json(t)')],
  ['json of control characters', withText('range(1000).map(i, json(t)).size()', '\\u0001\\u0001')],
  [
    'parseJson',
    withText(
      'cel.bind(j, "[" + t.substring(0, 1900000) + "0]", range(1000).map(i, parseJson(j)).size())',
      '{},[],{},1',
    ),
  ],
  [
    'parseJson of objects',
    withText('parseJson("[" + t.substring(0, 1799988) + "{}]")', '{},{},{},{},', 150_000),
  ],
  [
    'parseJson of lists',
    withText('parseJson("[" + t.substring(0, 1799988) + "[]]")', '[],[],[],[],', 150_000),
  ],
  ['parseJson in depth', withText('parseJson(t)', '[[[[[[[[[[')],
  [
    'parseJson of names',
    `cel.bind(j, "{" + range(100000).map(i, "\\"k" + string(i) + "\\":1").join(",") + "}", range(500).map(i, parseJson(j)).size())`,
  ],
  ['replace', often('t.replace("a", "b")')],
  ['replace that grows', withText('t.replace("a", t)')],
  ['split', often('t.split("e")')],
  ['split in characters', often('t.split("")')],
  [
    'split and join',
    `${'cel.bind(t, t.split(" ").join("  "), '.repeat(1)}1)`.replace('t.split', '"a b".split'),
  ],
  ['substring', often('t.substring(1)')],
  ['substrings kept', withText('range(100000).map(i, t.substring(i) + "x")')],
  ['sums of texts', withText('range(100000).map(i, t + "x").size()')],
  ['join', withText('range(100000).map(i, [t, t].join("")).size()', 'abc', 100_000)],
  [
    'join of many',
    withText(
      'range(1000).map(i, range(20000).map(k, t.substring(0, 50)).join(t.substring(0, 40))).size()',
    ),
  ],
  ['lines', withText('range(100000).map(i, [t].lines()).size()')],
  ['toNumber', often('toNumber(t)')],
  ['toNumber of blanks', withText('range(100000).map(i, toNumber(t)).size()', '          ')],
  ['trim of blanks', withText('range(100000).map(i, t.trim()).size()', '          ')],
  ['dates', often('year(t)', 10)],
  ['doubling', doubled(60, '"xxxxxxxxxx"', 'x')],
  ['doubling lists', doubled(60, '[1, 2, 3]', 'x')],
  ['upper kept', withText('range(4000).map(i, t.upper()).size()')],
  ['lower kept and lost', withText('range(4000).map(i, t.lower().size()).sum()')],
  ['upper of sharp s', withText('range(100).map(i, t.upper()).size()', 'ßßßßßßßßßß', 100_000)],
];

const values: [string, string][] = [
  [
    'equality of long texts',
    withText(
      'cel.bind(u, "" + t.substring(0, 1800000), cel.bind(v, t.substring(0, 1800000) + "", range(100000).map(i, u == v).size()))',
    ),
  ],
  ['inequality', withText('range(100000).map(i, t + "" != t).size()')],
  [
    'order of long texts',
    withText('range(100000).map(i, (t + "a") < (t + "b")).size()', 'abc', 100_000),
  ],
  [
    'order of kept texts',
    withText(
      'cel.bind(u, t + "a", cel.bind(v, t + "b", range(200000).map(i, u < v).size()))',
      'abcde',
      150_000,
    ),
  ],
  ['sort of long texts', withText('range(300).map(i, t + string(i)).sort().size()', 'abc', 30_000)],
  [
    'min of long texts',
    withText(
      'cel.bind(l, range(100).map(i, t), range(10000).map(i, l.min()).size())',
      'abcde',
      150_000,
    ),
  ],
  ['unique of long texts', withText('range(100000).map(i, t).unique().size()')],
  ['group of long texts', withText('range(100000).map(i, t).groupBy(x, x).size()')],
  [
    'in a list of long texts',
    withText(
      'cel.bind(l, range(1000).map(i, t + "b"), range(1000).map(i, (t + "c") in l).size())',
      'abc',
      1000,
    ),
  ],
  [
    'equality of large lists',
    'cel.bind(l, range(200000), range(200000).map(i, l == range(200000)).size())',
  ],
  [
    'equality of shared lists',
    `cel.bind(l, [1], ${'cel.bind(l, [l, l, l, l], '.repeat(30)}l == [l]${')'.repeat(31)}`,
  ],
  [
    'json of shared lists',
    `cel.bind(l, [1], ${'cel.bind(l, [l, l, l, l], '.repeat(30)}json(l)${')'.repeat(31)}`,
  ],
  [
    'result of shared lists',
    `cel.bind(l, [1], ${'cel.bind(l, [l, l, l, l], '.repeat(20)}l${')'.repeat(21)}`,
  ],
  ['result of shared texts', withText('range(200000).map(i, t)')],
  [
    'keys of a large object',
    `cel.bind(o, parseJson("{" + range(100000).map(i, "\\"k" + string(i) + "\\":1").join(",") + "}"), range(100000).map(i, size(o)).size())`,
  ],
  [
    'keys',
    `cel.bind(o, parseJson("{" + range(50000).map(i, "\\"k" + string(i) + "\\":1").join(",") + "}"), range(100000).map(i, keys(o)).size())`,
  ],
  [
    'merge',
    `cel.bind(o, parseJson("{" + range(50000).map(i, "\\"k" + string(i) + "\\":1").join(",") + "}"), range(100000).map(i, merge(o, o)).size())`,
  ],
  [
    'loops over keys',
    `cel.bind(o, parseJson("{" + range(50000).map(i, "\\"k" + string(i) + "\\":1").join(",") + "}"), range(100000).map(i, o.all(k, true)).size())`,
  ],
  ['names out of long texts', withText('range(10000).map(i, {t + string(i): 1}).size()')],
  [
    'fields by long names',
    withText('cel.bind(o, {"a": 1}, range(100000).exists(i, o[t + string(i)] == 1))'),
  ],
  ['unknown fields in a loop', 'cel.bind(o, {"a": 1}, range(200000).exists(i, o.b.c.d == 1))'],
  ['has in a loop', 'cel.bind(o, {"a": 1}, range(200000).map(i, has(o.b.c.d)).size())'],
  ['errors that are swallowed', `range(100000).map(i, ${'nope || '.repeat(30)}true).size()`],
  ['sort again and again', 'range(1000).map(i, range(200000).sort().size()).sum()'],
  ['reverse again and again', 'range(10000).map(i, range(200000).reverse().size()).sum()'],
  [
    'slice again and again',
    'cel.bind(l, range(200000), range(200000).map(i, l.slice(0).size()).sum())',
  ],
  [
    'flatten again and again',
    'cel.bind(l, [range(190000)], range(200000).map(i, l.flatten().size()).sum())',
  ],
  ['median again and again', 'cel.bind(l, range(200000), range(200000).map(i, l.median()).sum())'],
  [
    'trend again and again',
    'cel.bind(l, range(200000), range(200000).map(i, trend(l).slope).sum())',
  ],
  ['min again and again', 'cel.bind(l, range(200000), range(200000).map(i, l.min()).sum())'],
  ['sum again and again', 'cel.bind(l, range(200000), range(200000).map(i, l.sum()).sum())'],
  [
    'unique again and again',
    'cel.bind(l, range(100000), range(100000).map(i, l.unique().size()).sum())',
  ],
];

const loops: [string, string][] = [
  ['range of ranges', 'range(200000).map(a, range(200000))'],
  ['range of ranges, counted', 'range(200000).map(a, range(200000).size()).size()'],
  ['loops in loops', 'range(2000).map(a, range(2000).map(b, a * b))'],
  [
    'five loops',
    'range(200000).map(a, range(200000).map(b, range(200000).map(c, range(200000).map(d, range(200000).map(e, 1)))))',
  ],
  ['exists', 'range(200000).exists(a, range(200000).exists(b, a == -b - 1))'],
  ['all', 'range(200000).all(a, range(200000).all(b, a >= 0))'],
  ['exists one', 'range(200000).exists_one(a, range(200000).exists_one(b, a == b))'],
  ['filter', 'range(200000).filter(a, range(200000).filter(b, a == b).size() > 0).size()'],
  [
    'map with a condition',
    'range(200000).map(a, range(200000).map(b, a == b, b).size() > 0, a).size()',
  ],
  ['computed sort', 'range(200000).sortBy(a, range(200000).sortBy(b, -b)[0]).size()'],
  ['computed groups', 'range(200000).groupBy(a, range(200000).groupBy(b, b).size()).size()'],
  [
    'lists kept',
    'range(200000).map(a, [a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a])',
  ],
  ['objects kept', 'range(200000).map(a, {"a": {"b": {"c": {"d": a}}}, "e": {"f": {"g": a}}})'],
  ['lists kept inside', 'range(10000).map(a, range(10000).map(b, b)).size()'],
  ['lists of lists', 'range(1000).map(a, range(200000).map(b, [b]).size()).size()'],
  ['the sum of lists', 'cel.bind(l, range(100000), range(200000).map(i, l + l).size())'],
];

const sources: [string, string][] = [
  ['open brackets', '('.repeat(10_000)],
  ['open lists', '['.repeat(20_000)],
  ['open objects', '{1:'.repeat(6_000)],
  ['nots', `${'!'.repeat(19_000)}true`],
  ['minus', `${'-'.repeat(19_000)}1`],
  ['a long sum', `${'1+'.repeat(1_900)}1`],
  ['a longer sum', `${'1+'.repeat(9_900)}1`],
  ['a long path', `${'a.'.repeat(9_000)}b`],
  ['conditions', `${'true?1:'.repeat(2_800)}1`],
  ['conditions inside', `${'true?'.repeat(2_000)}1${':1'.repeat(2_000)}`],
  ['a long word', 'a'.repeat(20_000)],
  ['a long number', '9'.repeat(20_000)],
  ['a number of dots', '1.'.repeat(10_000)],
  ['a long text', `"${'a'.repeat(19_990)}"`],
  ['a text that does not end', `"${'a'.repeat(19_990)}`],
  ['escapes', `"${'\\u0061'.repeat(3_300)}"`],
  ['wrong escapes', `"${'\\q'.repeat(9_900)}"`],
  ['triple quotes', `"""${'"" '.repeat(6_000)}`],
  ['comments', '//\n'.repeat(6_600)],
  ['blanks', `${' '.repeat(19_000)}1`],
  ['commas', `[${'1,'.repeat(9_900)}1]`],
  ['calls', `${'size('.repeat(3_900)}1${')'.repeat(3_900)}`],
  ['unknown calls', `${'nope('.repeat(3_900)}1${')'.repeat(3_900)}`],
  ['unknown names', [...Array(1_900).keys()].map((i) => `a${i}`).join('+')],
  ['ands', `${'true&&'.repeat(1_900)}true`],
  ['ors', `${'nope||'.repeat(1_900)}true`],
  ['indices', `a${'[0]'.repeat(6_000)}`],
  ['too long', '1+'.repeat(200_000)],
];

const templates: Bomb[] = [
  template('template', 'many holes', '{{ 1 }}'.repeat(25_000)),
  template('template', 'many heavy holes', '{{ range(200000).size() }}'.repeat(5_000)),
  template(
    'template',
    'many large holes',
    '{{ range(190000).map(i, "abcdefghij").join("") }}'.repeat(500),
  ),
  template(
    'template',
    'many different holes',
    [...Array(20_000).keys()].map((i) => `{{${i}}}`).join(''),
  ),
  template(
    'template',
    'many patterns',
    '{{ "a".matches("(((((){200}){200}){200}){200}){200}") }}'.repeat(1_000),
  ),
  template('template', 'open holes', '{{'.repeat(100_000)),
  template('template', 'open quotes', '{{ "'.repeat(50_000)),
  template('template', 'closed too often', '}}'.repeat(100_000)),
  template('template', 'braces', '{'.repeat(200_000)),
  template('template', 'backslashes', '\\{{'.repeat(66_000)),
  template('template', 'too long', 'a'.repeat(2_000_000)),
  template('template', 'holes that fail', '{{ [1].exists(x, nope) }}'.repeat(8_000)),
  template('template', 'JSON of large lists', '{{ range(200000) }}'.repeat(3_000)),
];

/** Inputs of an attack on expressions and templates, by kind. */
export const bombs: readonly Bomb[] = [
  ...patterns.map(([name, text]) => expression('pattern', name, text)),
  ...texts.map(([name, text]) => expression('text', name, text)),
  ...values.map(([name, text]) => expression('value', name, text)),
  ...loops.map(([name, text]) => expression('loop', name, text)),
  ...sources.map(([name, text]) => expression('source', name, text)),
  ...templates,
];
