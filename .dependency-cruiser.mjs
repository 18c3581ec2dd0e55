/**
 * Who may import whom under src/ and console/. A folder's row is the whole of its permission: what a row does
 * not list is refused, type-only imports included. ARCHITECTURE.md says what each folder is for.
 */

const folders = [
  { name: 'base', rank: 0, imports: [] },
  { name: 'net', rank: 1, imports: ['base'] },
  { name: 'packet', rank: 2, imports: ['base', 'net'] },
  { name: 'model', rank: 3, imports: ['base', 'net'] },
  { name: 'store', rank: 4, imports: ['base', 'net', 'model'] },
  { name: 'policy', rank: 4, imports: ['base', 'net', 'packet', 'model'] },
  { name: 'engine', rank: 5, imports: ['base', 'net', 'packet', 'model', 'policy'] },
  { name: 'reach', rank: 5, imports: ['base', 'net', 'packet', 'model', 'policy'] },
  { name: 'enforce', rank: 5, imports: ['base', 'net', 'packet', 'model', 'policy'] },
  { name: 'ec2', rank: 5, imports: ['base', 'net', 'model'] },
  { name: 'import', rank: 5, imports: ['base', 'net', 'model'] },
  { name: 'export', rank: 5, imports: ['base', 'net', 'model'] },
  { name: 'lesson', rank: 6, imports: ['base', 'net', 'packet', 'model', 'policy', 'engine', 'reach'] },
  { name: 'replay', rank: 6, imports: ['base', 'net', 'packet', 'model', 'policy', 'reach', 'import'] },
  { name: 'terminal', rank: 6, imports: ['base', 'model', 'ec2'] },
  {
    name: 'app',
    rank: 7,
    imports: [
      ...['base', 'net', 'packet', 'model', 'store', 'policy', 'engine', 'reach', 'enforce', 'ec2', 'import', 'export'],
      ...['lesson', 'terminal', 'replay'],
    ],
  },
  { name: 'server', rank: 8, imports: ['base', 'model', 'ec2', 'app'] },
  {
    name: 'cli',
    rank: 9,
    imports: ['base', 'model', 'engine', 'reach', 'import', 'export', 'lesson', 'replay', 'app', 'server'],
  },
]

/** src/index.ts, the package's public names. */
const indexImports = ['model', 'app', 'server']

/** Which folders may use a package; a package without a row is open to every folder. */
const packages = [
  { name: 'sorted-btree', folders: ['model'] },
  { name: 'jmespath', folders: ['terminal'] },
  { name: 'libsql', folders: ['store'] },
  { name: 'pg', folders: ['store'] },
  { name: 'pino', folders: ['app', 'server', 'cli'] },
  { name: 'commander', folders: ['cli'] },
  { name: '@dagrejs/dagre', folders: ['cli'] },
  { name: 'yaml', folders: ['app', 'import', 'export'] },
  { name: 'hyparquet', folders: ['app'] },
  { name: 'hyparquet-writer', folders: ['app'] },
]

/** The folders that may do IO, and the modules of Node that compute only and so are open to all. */
const edge = ['store', 'app', 'server', 'cli']
const pureModules = ['assert', 'buffer', 'crypto', 'path', 'string_decoder', 'url', 'util', 'zlib']

const tests = String.raw`\.(test|contract)\.ts$`
const actionFile = String.raw`^src/ec2/actions/(?!registry\.generated\.ts$)`
const inFolder = (names) => `^src/(${names.join('|')})/`

const known = new Map(folders.map((folder) => [folder.name, folder]))
for (const folder of folders) {
  const notBelow = folder.imports.filter((name) => !(known.get(name)?.rank < folder.rank))
  if (notBelow.length > 0) throw new Error(`src/${folder.name}/ may import lower ranks only, not: ${notBelow}`)
}

function folderRule({ name, imports }) {
  return {
    name: `layer-${name}`,
    comment: `src/${name}/ may import only: ${imports.join(', ') || 'nothing of src/'}. Move the code, or pass the value in.`,
    severity: 'error',
    from: { path: inFolder([name]) },
    to: { path: '^src/', pathNot: inFolder([name, ...imports]) },
  }
}

function packageRule({ name, folders: allowed }) {
  return {
    name: `package-${name}`,
    comment: `Only ${allowed.map((folder) => `src/${folder}/`).join(', ')} may import ${name}.`,
    severity: 'error',
    from: { path: '^src/', pathNot: [inFolder(allowed), tests] },
    to: { path: [`^${name}(/|$)`, String.raw`node_modules/(@types/)?${name}/`] },
  }
}

const indexRule = {
  name: 'layer-index',
  comment: `src/index.ts may import only: ${indexImports.join(', ')}.`,
  severity: 'error',
  from: { path: String.raw`^src/index\.ts$` },
  to: { path: '^src/', pathNot: inFolder(indexImports) },
}

const unlistedFolder = {
  name: 'folder-without-a-row',
  comment: 'Every folder of src/ has a row in .dependency-cruiser.mjs: add one, with its rank and its imports.',
  severity: 'error',
  from: { path: '^src/', pathNot: [inFolder(folders.map((folder) => folder.name)), String.raw`^src/index\.ts$`] },
  to: {},
}

const ioBelowTheEdge = {
  name: 'io-below-the-edge',
  comment: `Only ${edge.join(', ')} may use Node modules other than ${pureModules.join(', ')}: take bytes, time and effects as arguments.`,
  severity: 'error',
  from: { path: '^src/', pathNot: [inFolder(edge), tests] },
  to: { dependencyTypes: ['core'], pathNot: `^(node:)?(${pureModules.join('|')})(/|$)` },
}

const actionsCallActions = {
  name: 'action-imports-action',
  comment: 'An action never imports another action: move what they both need beside actions/, or into model/.',
  severity: 'error',
  from: { path: actionFile, pathNot: tests },
  to: { path: '^src/ec2/actions/' },
}

/** Pure folders that the browser's program may bundle. Of the others it reads types alone, which leave nothing behind. */
const bundled = ['base', 'net', 'packet', 'model', 'terminal', 'lesson']

const consoleRules = [
  {
    name: 'console-bundles',
    comment: `console/ may import values of src/ from ${bundled.join(', ')} only, and types from everywhere.`,
    severity: 'error',
    from: { path: '^console/', pathNot: tests },
    to: { path: '^src/', pathNot: inFolder(bundled), dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'source-imports-console',
    comment: 'The console is a program of the browser: src/ serves its files and never imports them.',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^console/' },
  },
]

const developmentOnly = [
  {
    name: 'development-dependency-in-src',
    comment: 'Sources may import only "dependencies" of package.json: development dependencies are not installed.',
    severity: 'error',
    from: { path: '^src/', pathNot: tests },
    to: { dependencyTypes: ['npm-dev', 'npm-unknown', 'npm-no-pkg'], pathNot: 'node_modules/@types/' },
  },
  {
    name: 'source-imports-test',
    comment: 'Sources never import tests, benchmarks or scripts.',
    severity: 'error',
    from: { path: '^src/', pathNot: tests },
    to: { path: ['^(test|bench|scripts)/', tests] },
  },
]

const wholeGraph = [
  {
    name: 'no-cycle',
    comment: 'Files that import each other cannot be read one at a time: move what both need into a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphan',
    comment: 'A file that nothing imports and that imports nothing is dead: use it or remove it.',
    severity: 'error',
    from: { orphan: true, path: '^src/', pathNot: [String.raw`^src/(index|cli/main)\.ts$`, String.raw`\.d\.ts$`, tests] },
    to: {},
  },
  {
    name: 'unresolvable',
    comment: 'An import that leads nowhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
]

export default {
  forbidden: [
    ...folders.map(folderRule),
    indexRule,
    unlistedFolder,
    ...packages.map(packageRule),
    ioBelowTheEdge,
    actionsCallActions,
    ...consoleRules,
    ...developmentOnly,
    ...wholeGraph,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
}
