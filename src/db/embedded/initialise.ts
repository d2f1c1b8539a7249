import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Place } from './place'
import { asUser } from './unprivileged'

const FLAGS = ['--auth=scram-sha-256', '--username=postgres', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync']

/**
 * Makes the cluster where there is none. Under another name first, for initdb writes PG_VERSION before all else: only a
 * folder that bears the final name is whole. What an interrupted start left is cleared away.
 */
export function initialise(native: string, place: Place): void {
  if (existsSync(join(place.data, 'PG_VERSION'))) return
  if (existsSync(join(place.data, 'global', 'pg_control'))) {
    throw new Error(`${place.data} holds a database without its file PG_VERSION: restore a backup, or move it away`)
  }
  const started = `${basename(place.data)}-new-`
  const parent = dirname(place.data)
  for (const left of readdirSync(parent).filter((name) => name.startsWith(started))) remove(join(parent, left))
  const fresh = mkdtempSync(join(parent, started))
  runInitdb(native, fresh, place)
  remove(place.data)
  renameSync(fresh, place.data)
}

function runInitdb(native: string, fresh: string, { password, user }: Place): void {
  const file = `${fresh}.password`
  try {
    writeFileSync(file, password, { mode: 0o600 })
    for (const path of user ? [file, fresh] : []) chownSync(path, user?.uid ?? 0, user?.gid ?? 0)
    const args = [`--pgdata=${fresh}`, `--pwfile=${file}`, ...FLAGS]
    const done = spawnSync(join(native, 'bin', 'initdb'), args, asUser(user))
    if (done.status !== 0) throw new Error(`initdb failed: ${done.stderr?.toString().trim() || done.error?.message}`)
  } finally {
    remove(file)
  }
}

function remove(path: string): void {
  rmSync(path, { recursive: true, force: true })
}
