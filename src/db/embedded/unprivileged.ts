import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** PostgreSQL refuses to run as root, so root lends it another user and folders that this user may enter. */
export type Unprivileged = { readonly uid: number; readonly gid: number }

const USER = 'postgres'
const HOME = '/var/lib/gleaner'

/**
 * Null for an ordinary user, who runs the server himself. A database that an ordinary user made is still run as that user,
 * for one start by root must not lock its owner out.
 */
export function unprivilegedUser(data: string): Unprivileged | null {
  if (process.getuid?.() !== 0) return null
  const made = statSync(join(data, 'PG_VERSION'), { throwIfNoEntry: false })
  if (made && made.uid !== 0) return { uid: made.uid, gid: made.gid }
  if (!hasUser()) execFileSync('useradd', ['--system', '--user-group', '--no-create-home', USER])
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** How to start a program of PostgreSQL: as that user, and without our secrets in its environment. */
export function asUser(user: Unprivileged | null) {
  const { PATH, TZ, NODE_ENV } = process.env
  return { ...user, cwd: '/', env: { PATH, TZ, NODE_ENV, LC_ALL: 'C.UTF-8' } }
}

/** `wanted`, or a folder of its own below /var/lib when that user could not enter one of the parents (/root, say). */
export function reachableFolder(wanted: string, user: Unprivileged | null): string {
  if (!user || existsSync(join(wanted, 'PG_VERSION'))) {
    mkdirSync(wanted, { recursive: true, mode: 0o700 })
    return wanted
  }
  mkdirSync(dirname(wanted), { recursive: true })
  const folder = canEnter(dirname(wanted))
    ? wanted
    : join(HOME, createHash('sha256').update(wanted).digest('hex').slice(0, 12))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chownSync(folder, user.uid, user.gid)
  return folder
}

/** The programs themselves, copied once where that user may run them. */
export function reachablePrograms(native: string, version: string, user: Unprivileged | null): string {
  if (!user || canEnter(native)) return native
  const copy = join(HOME, `postgresql-${version}`)
  if (!existsSync(join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return copy
}

function canEnter(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function hasUser(): boolean {
  try {
    idOf('-u')
    return true
  } catch {
    // `id` fails for a user that does not exist: the caller makes it.
    return false
  }
}

function idOf(flag: '-u' | '-g'): number {
  return Number(execFileSync('id', [flag, USER], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
}
