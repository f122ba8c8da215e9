import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { agentInputSchema, agentSchema } from '@/lib/agents/schema';
import { contracts } from '@/lib/api/contracts';
import { titleOf } from '@/lib/chat/title';
import { catalogue } from '@/lib/nodes/catalogue';
import { importWorkflow } from '@/lib/workflows/definition/import';
import { findProblems } from '@/lib/workflows/problems/problems';
import { definitionSchema } from '@/lib/workflows/schema';
import { cleanFileName, cleanName, fileNameProblem, nameProblem } from './name-problem';
import { nameSchemas } from './schema';

const good = [
  'Ada Lovelace',
  'Łukasz Żak',
  'Nguyễn Thị Minh',
  'Nguyễn Thị Minh'.normalize('NFD'),
  'אָדָם בֶּן־דָּוִד',
  'بِسْمِ ٱللَّٰهِ',
  'علی‌رضا', // A non-joiner, as Persian needs it.
  'क्‍ष', // A joiner inside a Devanagari cluster.
  'ന്‍', // A joiner at the end, as older Malayalam has it.
  'ශ්‍රී ලංකා',
  'ก็ได้',
  'བོད་ཡིག',
  '山田 太郎',
  '葛󠄀城', // A variant of a character.
  '한국어',
  'Team 👩🏽‍💻 and 🏳️‍🌈',
  'Flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'Step 1️⃣',
  'C++ / <b> & "quotes" — 100 %',
  '.env.example',
  '٠١٢ ؀١٢',
  '\u{F8FF} phone',
];
const bad: [string, string][] = [
  ['Ada \u202enimda', 'U+202E'],
  ['\u2066admin\u2069', 'U+2066'],
  ['Ada\u200b', 'U+200B'],
  ['Ada\u200d', 'U+200D'],
  ['a\u200cb', 'U+200C'],
  ['👩\u200d', 'U+200D'],
  ['\ufeffAda', 'U+FEFF'],
  ['co\u00adoperate', 'U+00AD'],
  ['two\nlines', 'U+000A'],
  ['a\r\nb', 'U+000D'],
  ['a\u0000b', 'U+0000'],
  ['\u001b[31mred', 'U+001B'],
  ['a\u0085b', 'U+0085'],
  ['a\u2028b', 'U+2028'],
  ['half \ud83d', 'U+D83D'],
  ['\udc00', 'U+DC00'],
  ['tag\u{E0041}\u{E0042}', 'U+E0041'],
  ['🏴\u{E0067}', 'U+E0067'],
  [`Z${'\u0335'.repeat(60)}algo`, 'at most 6 marks'],
  [`a${'\u0301'.repeat(7)}`, 'at most 6 marks'],
  ['\u3164', 'can be seen'],
  ['\u2800\u2800', 'can be seen'],
  ['\u115f\u1160', 'can be seen'],
  ['\u0301', 'can be seen'],
  ['\u034f \ufe0f', 'can be seen'],
];

describe(`${good.length} names that people have, ${bad.length} that none should have`, () => {
  test.each(good)('%s', (name) => {
    expect(nameProblem(name)).toBeUndefined();
    expect(cleanName(name)).toBe(name);
  });
  test.each(bad)('%j', (name, why) => {
    expect(nameProblem(name)).toContain(why);
    expect(nameProblem(cleanName(name))).toBeUndefined();
  });
  test.each(['../../x.txt', 'a/b', 'a\\b', 'C:\\x.csv', '.', '..', 'a\r\nb.csv', 'x\u202egpj.exe'])(
    'as a file’s name: %j',
    (name) => {
      expect(fileNameProblem(name)).toBeDefined();
      expect(fileNameProblem(cleanFileName(name))).toBeUndefined();
    },
  );
  test('what is left of a name says what it said', () => {
    expect(cleanName(' two\r\nlines ')).toBe('two lines');
    expect(cleanName('Ada \u202enimda')).toBe('Ada nimda');
    expect(cleanFileName('C:\\reports\\q3.csv')).toBe('q3.csv');
    expect(cleanFileName('\u200b')).toBe('file');
    expect(titleOf('\u202eHello\u0007 there')).toBe('Hello there');
  });
});

/** Fields called so are names that others are shown. */
const named = /^(name|title|label|fileName|displayName|workspaceName|\w+Name)$/;
/** Fields called so that are no such name. */
const other: Readonly<Record<string, string>> = {
  'agents.create.tools.name': 'the name of a tool, in lower-case ASCII',
  'agents.try.agent.tools.name': 'the same',
  'agents.update.tools.name': 'the same',
  'agents.batch.create.tools.name': 'the same',
  'connections.create.config.name': 'the header or parameter that a service asks for, in ASCII',
  'connections.update.config.name': 'the same',
  'connections.create.config.userName': 'what a service calls its user, sent as it is',
  'connections.update.config.userName': 'the same',
  'triggers.create.config.auth.name': 'the header that holds a secret, in ASCII',
  'triggers.update.config.auth.name': 'the same',
  'triggers.rotate-secret.auth.name': 'the same',
  'connections.update.was.name': 'what was read: compared with what is stored, and never stored',
  'mcp-servers.update.was.name': 'the same',
  'openapi-services.update.was.name': 'the same',
  'tables.update.was.name': 'the same',
  'tables.update.was.columns.name': 'the same',
  'triggers.update.was.name': 'the same',
};

function* fieldsOf(
  schema: z.ZodType,
  at: string,
  seen = new Set<z.ZodType>(),
): Generator<[string, z.ZodType]> {
  if (seen.has(schema)) return;
  seen.add(schema);
  const def = schema.def as {
    innerType?: z.ZodType;
    in?: z.ZodType;
    element?: z.ZodType;
    valueType?: z.ZodType;
    options?: z.ZodType[];
    left?: z.ZodType;
    right?: z.ZodType;
    shape?: Record<string, z.ZodType>;
  };
  for (const [field, inner] of Object.entries(def.shape ?? {})) {
    yield [`${at}.${field}`, inner];
    yield* fieldsOf(inner, `${at}.${field}`, seen);
  }
  const inner = [def.innerType, def.in, def.element, def.valueType, def.left, def.right];
  for (const one of [...inner, ...(def.options ?? [])]) {
    if (one instanceof z.ZodType) yield* fieldsOf(one, at, seen);
  }
}

function base(schema: z.ZodType): z.ZodType {
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType ? base(innerType) : schema;
}

test('every name that a request may hold is checked by the one schema', () => {
  const places = contracts.flatMap(({ id, body, query }) => [
    ...fieldsOf(body, id),
    ...fieldsOf(query, id),
  ]);
  const names = places.filter(([at, schema]) => {
    const field = at.slice(at.lastIndexOf('.') + 1);
    return named.test(field) && base(schema) instanceof z.ZodString;
  });
  const unchecked = names
    .filter(([at, schema]) => !nameSchemas.has(base(schema)) && !Object.hasOwn(other, at))
    .map(([at]) => at);
  expect(unchecked).toEqual([]);
  expect(names.length).toBeGreaterThan(20);
});

const definition = (name: string, step = 'Step', group = 'Group') => ({
  name,
  nodes: [{ id: 'a', key: 'a', type: 'stop', name: step, position: { x: 0, y: 0 }, group: 'g' }],
  edges: [],
  groups: [{ id: 'g', name: group }],
});

test.each([
  ['name', definition('a\u202eb')],
  ['nodes[0].name', definition('A', 'two\nlines')],
  ['groups[0].name', definition('A', 'Step', '\u200b')],
  ['tasks[0].name', { name: 'A', tasks: [{ id: 'a', name: 'x\u0007' }] }],
])('a file of a workflow is refused for its %s', (path, file) => {
  const read = importWorkflow(JSON.stringify(file), catalogue);
  expect(read).toMatchObject({ ok: false, errors: [{ path }] });
});

test('an agent from before is still read', () => {
  const name = 'two\nlines';
  expect(agentInputSchema.shape.name.safeParse(name).success).toBe(false);
  expect(agentSchema.shape.name.parse(name)).toBe(name);
});

test('what a program wrote into a draft is read, and told before it is published', () => {
  const stored = definitionSchema.parse({
    ...definition('a\u202eb', 'two\nlines', '\u200b'),
    nodes: [
      {
        ...definition('').nodes[0],
        name: 'two\nlines',
        type: 'switch',
        config: { cases: [{ id: 'c', label: 'x\u202e', condition: 'true' }] },
      },
    ],
  });
  const problems = findProblems(stored, catalogue).filter(({ code }) => code === 'unreadable_name');
  expect(problems.map(({ nodeId, path }) => [nodeId, path])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    ['a', undefined],
    ['a', ['cases', 0, 'label']],
  ]);
});
