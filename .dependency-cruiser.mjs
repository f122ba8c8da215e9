// Who may import whom: one rule per row of ARCHITECTURE.md. Types count as much as values.
const tests = '\\.test\\.tsx?$';
const testing = '(^|/)testing/';
const anyStore = '^server/.+[/-]store\\.ts$';
const stores = ['^server/[^/]+/store\\.ts$', '^server/[^/]+/[a-z-]+-store\\.ts$'];

/** What lies in a package of that name, wherever npm has put it. */
const packages = (...names) => `node_modules/(${names.join('|')})(/|$)`;

const purePackages = packages(
  'zod',
  'zod-openapi',
  'yjs',
  'lib0',
  'y-protocols',
  'yaml',
  '@dagrejs',
  'ipaddr\\.js',
  '@marcbachmann/cel-js',
  '@noble/hashes',
  'croner',
  'elkjs',
  'minisearch',
  'css-select',
  'domhandler',
  'fflate',
  'htmlparser2',
  'jsonrepair',
  'marked',
);

/**
 * The folders of components in the order of their dependencies: each may import those above it in this list, so that no
 * two can need each other. A new folder takes its place here.
 */
const componentFolders = [
  'observable',
  'data/mutation',
  'data',
  'data/uploads',
  'data/cache',
  'ui',
  'ui/controls',
  'icons',
  'ui/display',
  'ui/overlays',
  'records',
  'files',
  'realtime',
  'notifications',
  'tour',
  'shell',
  'tools',
  'agents/file',
  'agents/pools',
  'agents/status',
  'agents',
  'files/library',
  'tables',
  'memory',
  'messages',
  'nodes',
  'realtime/offline-store',
  'realtime/draft',
  'session/state',
  'session/actions',
  'session',
  'history',
  'suggestions',
  'presence',
  'text-editor',
  'comments',
  'locks',
  'computation',
  'spending',
  'experiments',
  'runs',
  'expressions',
  'connections',
  'conditions',
  'form',
  'form/inputs',
  'services',
  'http',
  'debugger',
  'forms',
  'triggers/parts',
  'triggers/webhooks',
  'triggers/links',
  'triggers/forms',
  'triggers/mail',
  'triggers',
  'canvas/cards',
  'canvas/edges',
  'canvas/palette',
  'canvas/gestures',
  'pins',
  'templates',
  'from-words',
  'canvas/surface',
  'run-page',
  'agents/new',
  'chat/marks',
  'chat/compaction',
  'chat/command-inputs',
  'chat',
  'visitors',
  'compare',
  'rejected-edits',
  'unsaved',
  'workflows/trash',
  'workflows',
  'dashboard',
  'docs',
  'editor/find',
  'editor/drop',
  'editor/step-test',
  'editor/inspector',
  'editor/focus-view',
  'editor/header',
  'editor/outline',
  'editor/left-panel',
  'editor/run',
  'editor',
  'settings',
  'settings/notifications',
  'mcp',
  'people/fields',
  'people',
  'people/profile',
];
const filesIn = (folders) => `^components/(${folders.join('|')})/[^/]+$`;

/** Folders of one noun, the lowest first: each may import those before it, so that no two go round in a circle. */
const runFolders = [
  ...['journal', 'blobs', 'engine', 'reading', 'starting', 'scope'],
  ...['control', 'children', 'debugging', 'worker', 'upkeep'],
];
const pureRunFolders = ['values', 'engine', 'view'];
const expressionFolders = ['values', 'dates', 'patterns', 'functions'];
const nodeFolders = [
  ...['node-type', 'requests', 'flow', 'data', 'services', 'tables', 'forms', 'agents'],
];
const pureWorkflowFolders = [
  ...['draft', 'edits', 'repair', 'merge', 'changes', 'definition', 'problems'],
];
const modelFolders = ['keys', 'cooling', 'reading', 'providers', 'answers', 'calls'];
const workflowFolders = ['locks', 'history', 'draft', 'edits', 'organise', 'trash'];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** One rule for each folder but the last: it imports none that stands above it. */
const inOrder = (name, root, folders) =>
  folders
    .slice(0, -1)
    .map((folder, place) =>
      rule(
        `${name}-${folder}`,
        `Folders of ${root} import those below them alone: ${folders.join(', ')}.`,
        { path: `^${root}/${folder}/`, pathNot: [tests, testing] },
        { path: `^${root}/(${folders.slice(place + 1).join('|')})/` },
      ),
    );

/** What lies in the root itself is what its folders share: it imports none of them. */
const standsBelow = (name, root, folders) =>
  rule(
    name,
    `What lies in ${root} itself is what its folders share: it imports none of them.`,
    { path: `^${root}/[^/]+$`, pathNot: tests },
    { path: `^${root}/(${folders.join('|')})/` },
  );

/** What lies in the root itself joins its folders: none of them imports it. */
const standsAbove = (name, root, folders) =>
  rule(
    name,
    `What lies in ${root} itself joins its folders: none of them imports it.`,
    { path: `^${root}/(${folders.join('|')})/`, pathNot: [tests, testing] },
    { path: `^${root}/[^/]+$` },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    rule(
      'lib-imports-lib',
      'lib computes: it knows nothing of server, components or app.',
      { path: '^lib/' },
      { path: '^(app|bench|components|e2e|prisma|scripts|server)/' },
    ),
    rule(
      'lib-is-pure',
      'lib runs in browser, web and worker alike: small pure packages alone.',
      { path: '^lib/', pathNot: [tests, testing] },
      { path: 'node_modules/', pathNot: purePackages },
    ),
    rule(
      'lib-knows-no-node',
      'lib has no clock, no chance, no files, no network.',
      { path: '^lib/', pathNot: [tests, testing] },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'engine-knows-no-nodes',
      'The engine knows step kinds, never node types.',
      { path: '^lib/runs/', pathNot: tests },
      { path: '^lib/nodes/' },
    ),
    rule(
      'components-show',
      'Components hold no rules and no SQL: they import components and lib.',
      { path: '^components/' },
      { path: '^(app|bench|e2e|prisma|scripts|server)/' },
    ),
    ...componentFolders
      .slice(0, -1)
      .map((folder, index) =>
        rule(
          `components-${folder.replaceAll('/', '-')}`,
          'Folders of components import those before them in the list above, never those after them.',
          { path: filesIn([folder]), pathNot: [tests, testing] },
          { path: filesIn(componentFolders.slice(index + 1)) },
        ),
      ),
    rule(
      'components-folders-have-a-place',
      'A new folder of components is put into the list above.',
      { path: '^components/', pathNot: [filesIn(componentFolders), tests, testing] },
      {},
    ),
    rule(
      'ui-knows-no-domain',
      'ui draws: it knows no noun of the product.',
      { path: '^components/ui/' },
      { path: ['^lib/', '^components/(?!ui/)'] },
    ),
    rule(
      'components-run-in-browsers',
      'No database, no queue, and of next only what runs in the browser.',
      { path: '^components/', pathNot: [tests, testing] },
      {
        path: packages(
          '@better-auth',
          '@prisma',
          'better-auth',
          'bullmq',
          'ioredis',
          'next/(headers|server|cache|og)\\.js',
          'pg',
          'pino',
          'socket\\.io',
          'undici',
        ),
      },
    ),
    rule(
      'components-know-no-node',
      'A component may run in the browser.',
      { path: '^components/', pathNot: [tests, testing] },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'server-does',
      'The server imports server and lib; what tests it may be one of its clients, and a proof may start the product.',
      { path: '^server/', pathNot: [testing, '\\.proof\\.test\\.ts$'] },
      { path: '^(app|bench|components|e2e|scripts)/' },
    ),
    rule(
      'server-knows-no-pages',
      'Only the web entry knows Next, and nobody React.',
      { path: '^server/', pathNot: '^server/main/web\\.ts$' },
      { path: packages('next', 'react', 'react-dom') },
    ),
    rule(
      'prisma-in-stores',
      'Only server/db and stores speak to Prisma itself.',
      { path: '^(server|app)/', pathNot: ['^server/db/', ...stores, testing] },
      { path: `^server/db/generated|${packages('@prisma')}` },
    ),
    rule(
      'bullmq-in-queue',
      'The queue only carries wake-up jobs; nobody else knows which queue it is.',
      { pathNot: ['^server/queue/', '^bench/'] },
      { path: packages('bullmq') },
    ),
    rule(
      'sockets-in-realtime',
      'One room holds the sockets.',
      { path: '^(server|app|lib)/', pathNot: ['^server/realtime/', testing, tests] },
      { path: packages('socket\\.io', 'engine\\.io') },
    ),
    rule(
      'client-sockets-in-realtime',
      'One folder of components holds the only socket.',
      { path: '^(components|app)/', pathNot: ['^components/realtime/'] },
      { path: packages('socket\\.io-client') },
    ),
    rule(
      'nouns-keep-their-store',
      "A noun calls another noun's use case, never its store, whatever its file is called. A room stores drafts itself.",
      { path: '^server/([^/]+)/', pathNot: [tests, testing] },
      { path: anyStore, pathNot: ['^server/$1/', '^server/workflows/draft/draft-store\\.ts$'] },
    ),
    rule(
      'runs-keep-their-journal',
      'Only server/runs reads and writes the rows of runs; others call its use cases, or the engine.',
      { path: '^(app|server)/', pathNot: ['^server/runs/', tests, testing] },
      { path: '^server/runs/journal/', pathNot: '/audit\\.ts$' },
    ),
    ...inOrder('run-folders', 'server/runs', runFolders),
    ...inOrder('pure-run-folders', 'lib/runs', pureRunFolders),
    ...inOrder('expression-folders', 'lib/expressions', expressionFolders),
    ...inOrder('node-folders', 'lib/nodes', nodeFolders),
    ...inOrder('pure-workflow-folders', 'lib/workflows', pureWorkflowFolders),
    ...inOrder('model-folders', 'server/models', modelFolders),
    ...inOrder('workflow-folders', 'server/workflows', workflowFolders),
    standsBelow('run-shapes-stand-below', 'lib/runs', pureRunFolders),
    standsBelow('workflow-shapes-stand-below', 'lib/workflows', pureWorkflowFolders),
    standsBelow('workflow-rows-stand-below', 'server/workflows', workflowFolders),
    standsAbove('expressions-stand-above', 'lib/expressions', expressionFolders),
    standsAbove('node-catalogue-stands-above', 'lib/nodes', nodeFolders),
    standsAbove('models-stand-above', 'server/models', modelFolders),
    standsAbove('sockets-stand-above', 'server/realtime', ['room']),
    rule(
      'app-joins',
      'A route joins a contract with a use case; it reaches for no database, queue or bus.',
      { path: '^app/', pathNot: [tests, testing] },
      {
        path: [
          '^(bench|e2e|prisma|scripts)/',
          '^server/(bus|db|embedded|main|queue|realtime|testing)/',
          anyStore,
        ],
      },
    ),
    rule(
      'e2e-stands-outside',
      'End-to-end tests drive the product from outside.',
      { path: '^e2e/' },
      { path: '^(app|bench|components|lib|prisma|scripts|server)/' },
    ),
    rule(
      'product-without-tests',
      'What tests need stays with tests.',
      { path: '^(app|components|lib|server)/', pathNot: [tests, testing] },
      { path: [tests, testing, packages('vitest', 'fast-check', '@playwright')] },
    ),
    rule(
      'no-cycles',
      'A circle has no order to load it in. Types alone may go round: the compiler takes them out.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-dead-ends',
      'Every import leads somewhere.',
      { pathNot: '^(\\.next|node_modules)' },
      { couldNotResolve: true },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^server/db/generated'] },
    exclude: { path: ['\\.d\\.mts$', '\\.css$', '^\\.next/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mjs', '.js', '.json'],
    },
    cache: { folder: 'node_modules/.cache/depcruise', strategy: 'content' },
  },
};
