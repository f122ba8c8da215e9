// What the tree promises and no other tool checks: sizes of files and folders, casts, and which folder's statements
// name which tables. `npm run check` runs it; `node scripts/structure.mjs --list` prints what it found.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';
import { crossing, crowded, maxCasts } from './structure-exceptions.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rooms = ['app', 'bench', 'components', 'e2e', 'lib', 'scripts', 'server'];
const maxLines = 400;
const maxFiles = 25;

/** The folder of `server` whose statements may name a table. */
const owners = {
  agents: ['agent', 'agent_version', 'agent_state', 'agent_status'],
  tools: ['tool_call', 'agent_turn'],
  models: ['provider_key', 'model_cooldown', 'model_limit', 'model_slot', 'model_answer'],
  chat: ['thread', 'message', 'answer_feedback', 'thread_compaction'],
  events: ['sent_event', 'event_claim'],
  people: [
    ...[
      'user',
      'session',
      'account',
      'two_factor',
      'verification',
      'organization',
      'member',
      'invitation',
    ],
    ...['apikey', 'rate_limit', 'audit'],
  ],
  idempotency: ['request_key'],
  runs: [
    ...['run', 'run_event', 'step', 'worker', 'step_cache', 'step_text', 'run_blob'],
    'run_seal_key',
  ],
  comments: ['comment_thread', 'comment', 'comment_read'],
  notifications: [
    ...['notification', 'run_notice', 'notification_choice', 'notification_setting'],
    'notification_delivery',
  ],
  suggestions: ['suggestion'],
  triggers: ['trigger', 'trigger_delivery', 'trigger_listening', 'trigger_mailbox'],
  connections: [
    ...['connection', 'connection_token', 'connection_token_lease', 'connection_sign_in'],
  ],
  'data-tables': ['data_table', 'data_row', 'data_write'],
  messages: [
    ...['mailbox', 'mail', 'delivery', 'delivery_end', 'subscription'],
    ...['pool', 'pool_member'],
  ],
  memory: [
    ...['memory_space', 'memory_entry', 'memory_version', 'memory_conflict', 'memory_checkpoint'],
    ...['memory_write', 'memory_lock', 'memory_meaning'],
  ],
  spending: [
    ...['model_call', 'model_price', 'budget', 'budget_period', 'budget_grant', 'budget_charge'],
  ],
  experiments: ['experiment', 'experiment_task'],
  openapi: ['openapi_service'],
  mcp: ['mcp_server'],
  workflows: [
    ...['workflow', 'workflow_version', 'draft', 'draft_edit', 'draft_update', 'draft_client'],
    ...['draft_change', 'draft_revision', 'draft_lock', 'favourite'],
  ],
  files: ['file', 'upload', 'upload_chunk'],
};

const isTest = (path) => /\.test\.tsx?$|(^|\/)testing\//.test(path);
const files = rooms.flatMap((room) => sources(join(root, room))).sort();
const product = files.filter((path) => !isTest(path) && !/^(bench|e2e|scripts)\//.test(path));
const problems = [
  ...checkTables(),
  ...checkSizes(),
  ...checkFolders(),
  ...checkParsed(product.map((path) => ({ path, ...parse(path) }))),
];
process.stdout.write(problems.map((line) => `${line}\n`).join(''));
process.exitCode = problems.length > 0 ? 1 : 0;

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path);
    return /\.(tsx?|mjs)$/.test(entry.name) ? [relative(root, path)] : [];
  });
}

function checkTables() {
  const schema = join(root, 'prisma', 'schema');
  const mapped = readdirSync(schema).flatMap((name) =>
    [...readFileSync(join(schema, name), 'utf8').matchAll(/@@map\("(\w+)"\)/g)].map(([, t]) => t),
  );
  const owned = Object.values(owners).flat();
  return [
    ...mapped.filter((t) => !owned.includes(t)).map((t) => `table ${t} has no owner here`),
    ...owned.filter((t) => !mapped.includes(t)).map((t) => `table ${t} is not in prisma/schema`),
  ];
}

function checkSizes() {
  return files.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n').length - 1;
    return lines > maxLines ? [`${path}: ${lines} lines, at most ${maxLines}`] : [];
  });
}

function checkFolders() {
  const counts = Map.groupBy(files, (path) => dirname(path));
  const allowed = new Map(Object.entries(crowded));
  return [
    ...[...counts].flatMap(([folder, { length }]) => {
      const limit = allowed.get(folder) ?? maxFiles;
      return length > limit ? [`${folder}: ${length} files, at most ${limit}`] : [];
    }),
    ...[...allowed.keys()]
      .filter((folder) => (counts.get(folder)?.length ?? 0) <= maxFiles)
      .map((folder) => `${folder} is an exception that is not needed: remove it`),
  ];
}

function parse(path) {
  const text = readFileSync(join(root, path), 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0].message}`);
  let casts = 0;
  const strings = [];
  new Visitor({
    TSAsExpression({ typeAnnotation }) {
      if (text.slice(typeAnnotation.start, typeAnnotation.end) !== 'const') casts += 1;
    },
    Literal({ value }) {
      if (typeof value === 'string') strings.push(value);
    },
    TemplateLiteral({ quasis }) {
      strings.push(quasis.map(({ value }) => value.cooked ?? '').join(' $ '));
    },
  }).visit(program);
  return { casts, strings };
}

function checkParsed(parsed) {
  const casts = parsed.reduce((sum, file) => sum + file.casts, 0);
  if (process.argv.includes('--list')) {
    const most = [...parsed].sort((a, b) => b.casts - a.casts).slice(0, 20);
    process.stdout.write(`${casts} casts; ${most.map((f) => `${f.path} ${f.casts}`).join(', ')}\n`);
  }
  return [
    ...(casts > maxCasts ? [`${casts} casts ("as") in the product, at most ${maxCasts}`] : []),
    ...checkCrossings(parsed),
  ];
}

/** Statements that name a table of another folder. */
function checkCrossings(parsed) {
  const ownerOf = new Map(
    Object.entries(owners).flatMap(([owner, tables]) => tables.map((table) => [table, owner])),
  );
  const found = new Set();
  for (const { path, strings } of parsed) {
    const noun = /^server\/([^/]+)\//.exec(path)?.[1];
    if (noun === undefined) continue;
    for (const table of strings.flatMap(tablesIn)) {
      const owner = ownerOf.get(table);
      if (owner !== undefined && owner !== noun) found.add(`${noun} → ${table}`);
    }
  }
  const allowed = new Set(Object.keys(crossing));
  return [
    ...[...found]
      .filter((pair) => !allowed.has(pair))
      .map((pair) => `${pair}: statements of server/ name a table of another folder`),
    ...[...allowed]
      .filter((pair) => !found.has(pair))
      .map((pair) => `${pair} is an exception that is not needed: remove it`),
  ].sort();
}

function tablesIn(text) {
  if (!/\b(select|insert into|update|delete from)\b/i.test(text)) return [];
  const names = /\b(?:from|join|into|update|using)\s+(?:only\s+)?"?([a-z_]+)"?/gi;
  return [...text.matchAll(names)].map(([, name]) => name.toLowerCase());
}
