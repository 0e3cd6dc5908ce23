/** Who may import whom. The table is in docs/architecture.md; each rule's comment is what a developer reads on failure. */
const libs = (names) => `^libs/(${names.join('|')})/`;

/** A library may import only itself, the libraries named, and whatever npm packages its own rules allow. */
const mayImportOnly = (from, allowed) => ({
  name: `${from}-imports`,
  comment: `libs/${from} may import ${allowed.length ? allowed.map((name) => `libs/${name}`).join(', ') : 'no other library'}.`,
  severity: 'error',
  from: { path: `^libs/${from}/`, pathNot: 'spec\\.ts$' },
  to: { path: '^(libs|apps|demo|test|bench)/', pathNot: libs([from, ...allowed]) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment:
        'Two files that import each other cannot be read one at a time. Move what both need into a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    mayImportOnly('domain', []),
    mayImportOnly('contracts', ['domain']),
    mayImportOnly('platform', ['domain']),
    mayImportOnly('queue', ['domain', 'platform']),
    mayImportOnly('database', ['domain', 'platform']),
    mayImportOnly('pipeline', ['domain', 'queue', 'database', 'platform']),
    {
      name: 'domain-is-pure',
      comment:
        'libs/domain knows words and rules only: zod is the one package it may import. Time and ids come in as arguments.',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        dependencyTypesNot: ['local', 'aliased', 'aliased-subpath-import'],
        pathNot: '(^|/)node_modules/zod/',
      },
    },
    {
      name: 'stores-stay-behind-their-libraries',
      comment: 'bullmq comes through #queue, typeorm and pg through #database.',
      severity: 'error',
      from: {
        path: '^(libs/(pipeline|contracts|platform)|apps)/',
        pathNot: '(^apps/standalone/|spec\\.ts$)',
      },
      to: { path: 'node_modules/(bullmq|@nestjs/bullmq|typeorm|pg|ioredis)/' },
    },
    {
      name: 'apps-are-apart',
      comment: 'A process is a list of modules; only standalone joins them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/([^/]+)/', pathNot: '^apps/$1/' },
    },
    {
      name: 'snippet-is-alone',
      comment: 'Pages load the snippet and nothing else: it imports only its own files.',
      severity: 'error',
      from: { path: '^apps/snippet/', pathNot: 'spec\\.ts$' },
      to: { pathNot: '^apps/snippet/' },
    },
    {
      name: 'production-code-without-tests',
      comment: 'Nothing that ships may import a test, a benchmark or the demo.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: 'spec\\.ts$' },
      to: { path: '^(test|bench|demo)/|spec\\.ts$' },
    },
    {
      name: 'demo-is-outside',
      comment: 'The demo talks to Muster over HTTP, as a customer would: none of our code is at its hand.',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^(apps|libs|test|bench)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
