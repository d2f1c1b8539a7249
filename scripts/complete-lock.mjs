// Adds to package-lock.json the optional packages of other platforms that the registry could not resolve when the
// lock was made, so that `npm ci` works everywhere. Prints what it adds; with --check it only exits 1 if there is any.
import fs from 'node:fs'

const file = 'package-lock.json'
const lock = JSON.parse(fs.readFileSync(file, 'utf8'))
const packages = lock.packages
const OS = {
  darwin: 'darwin',
  linux: 'linux',
  linuxmusl: 'linux',
  win32: 'win32',
  windows: 'win32',
  freebsd: 'freebsd',
  openbsd: 'openbsd',
  netbsd: 'netbsd',
  android: 'android',
  openharmony: 'openharmony',
  sunos: 'sunos',
  aix: 'aix',
}
const CPU = new Set(['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'])
const added = []

/** Every node_modules folder that code in `where` sees, the nearest first, as node resolves it. */
function* homes(where) {
  for (let at = where; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    yield at ? `${at}/node_modules/` : 'node_modules/'
    if (!at) return
  }
}
const fits = (version, range) =>
  version === range.replace(/^[\^~]/, '') ||
  (/^[\^~]/.test(range) && version.split('.')[0] === range.slice(1).split('.')[0])

for (const [where, entry] of Object.entries({ ...packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    // The nearest one counts, and only in the right version: two majors of one tool have two sets of binaries.
    const nearest = [...homes(where)].find((home) => packages[home + name])
    if (nearest && fits(packages[nearest + name].version, range)) continue
    const words = name.split(/[/@.\-_]/)
    const os = words
      .map((word) => OS[word])
      .filter(Boolean)
      .at(-1)
    const cpu = words.filter((word) => CPU.has(word)).at(-1)
    if (!os && !cpu) continue // not a platform package: a real gap, which `npm ci` should report
    const libc = words.some((word) => /musl/.test(word))
      ? 'musl'
      : words.some((word) => /^gnu/.test(word))
        ? 'glibc'
        : undefined
    const beside = `${where.slice(0, where.lastIndexOf('node_modules/'))}node_modules/`
    packages[(nearest ? beside : 'node_modules/') + name] = {
      version: range.replace(/^[\^~]/, ''),
      optional: true,
      ...(cpu && { cpu: [cpu] }),
      ...(os && { os: [os] }),
      ...(libc && { libc: [libc] }),
    }
    added.push(`${name}@${range}`)
  }
}
console.log(added.length ? `missing from the lock:\n${added.join('\n')}` : 'the lock is complete')
if (process.argv.includes('--check')) process.exit(added.length ? 1 : 0)
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
