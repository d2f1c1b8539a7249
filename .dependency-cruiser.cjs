// The rooms of src and the one direction of imports:
// app → wiring → bargains | giving → notifications → accounts → storage, http, db → observability → kernel.
// The doors' kits (trpc, bot, jobs) stand beside notifications. Run by scripts/check-boundaries.ts, which also makes sure
// that the modules were read at all.

const DOMAINS = 'bargains|giving'
const SPINE = 'accounts|notifications|storage|http|jobs|observability|trpc|bot|db|i18n|ui'
/** Tests may look into other rooms to set their scene. */
const TESTS = '\\.test\\.tsx?$|/testing[^/]*\\.tsx?$|/fixtures/'
/** Its types alone: the browser's client knows the router's shape. */
const TRPC_CLIENT = '^src/trpc/client'

const rules = [
  { name: 'everything-is-found', from: {}, to: { couldNotResolve: true } },
  { name: 'no-cycles', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  {
    name: 'domains-are-strangers',
    from: { path: `^src/(${DOMAINS})/` },
    to: { path: `^src/(${DOMAINS})/`, pathNot: '^src/$1/' },
  },
  { name: 'only-wiring-knows-needs', from: { pathNot: '^src/(app|wiring|needs)/' }, to: { path: '^src/needs/' } },
  {
    name: 'spine-knows-no-domain',
    from: { path: `^src/(${SPINE})/`, pathNot: `${TRPC_CLIENT}|${TESTS}` },
    to: { path: `^src/(${DOMAINS}|needs|wiring)/` },
  },
  {
    name: 'floors-know-no-room-above',
    from: { path: '^src/(storage|http|db|observability)/', pathNot: TESTS },
    to: { path: '^src/(accounts|notifications|trpc|bot|jobs)/', pathNot: '/table\\.ts$' },
  },
  {
    name: 'accounts-know-no-notifications',
    from: { path: '^src/accounts/', pathNot: TESTS },
    to: { path: '^src/(notifications|bot)/', pathNot: '/table\\.ts$' },
  },
  {
    name: 'only-app-opens-wiring',
    from: {
      path: '^src/',
      pathNot: `^src/(app|wiring|cli)/|^src/(worker|instrumentation)\\.ts$|${TRPC_CLIENT}|${TESTS}`,
    },
    to: { path: '^src/wiring/' },
  },
  { name: 'kernel-is-the-floor', from: { path: '^src/kernel/' }, to: { path: '^src/(?!kernel/)' } },
  {
    name: 'rules-are-pure',
    from: { path: '/rules[^/]*\\.ts$', pathNot: '\\.test\\.ts$' },
    // A type does nothing when it runs.
    to: {
      pathNot: '^src/kernel/|/rules[^/]*\\.ts$|^node_modules/(zod|date-fns|re2js|ipaddr\\.js|@marcbachmann/cel-js)/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'pages-see-no-tables',
    from: { path: '^src/app/' },
    to: { path: '^src/db/|/table\\.ts$|^node_modules/drizzle-orm' },
  },
  {
    name: 'ui-is-client-safe',
    from: { path: `^src/(${DOMAINS}|accounts|notifications)/.*/?ui/` },
    to: { path: '^src/', pathNot: `^src/(ui|kernel|i18n)/|${TRPC_CLIENT}|/ui/|/rules[^/]*\\.ts$|/schema\\.ts$` },
  },
  {
    name: 'design-system-stands-alone',
    from: { path: '^src/ui/' },
    to: { path: '^src/(?!ui/|kernel/|i18n/)', pathNot: '/rules[^/]*\\.ts$' },
  },
  { name: 'emails-are-leaves', from: { path: '^emails/' }, to: { path: '^src/(?!kernel/|i18n/)' } },
  {
    name: 'sources-only-parse',
    from: { path: '^src/bargains/sources/[^/]+/', pathNot: TESTS },
    to: { path: '^src/', pathNot: '^src/kernel/|^src/bargains/sources/([^/]+/|source\\.ts$)|/rules[^/]*\\.ts$' },
  },
  { name: 'nothing-imports-app', from: { pathNot: '^src/app/' }, to: { path: '^src/app/' } },
  {
    name: 'programs-are-last',
    from: { path: '^src/', pathNot: '^src/(cli|supervisor)/|^src/worker\\.ts$' },
    to: { path: '^src/(cli|supervisor)/|^src/worker\\.ts$' },
  },
  { name: 'no-tests-in-what-runs', from: { path: '^src/', pathNot: TESTS }, to: { path: `^e2e/|${TESTS}` } },
]

module.exports = {
  forbidden: rules.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|dist|\\.data)/|^next-env' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
