import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reachableFolder, type Unprivileged, unprivilegedUser } from './unprivileged'

/** Where a cluster lives, who runs it and how it is opened. */
export type Place = {
  /** The cluster itself, without symbolic links: so it stands in the server's command line. */
  readonly data: string
  readonly log: string
  /** Of the superuser and of the application's role. */
  readonly password: string
  readonly passwordFile: string
  readonly user: Unprivileged | null
}

/** Makes what is missing of it. Throws with the folder's name and what to do when it cannot be written. */
export function preparePlace(directory: string): Place {
  const passwordFile = join(directory, 'postgres-password')
  try {
    const wanted = join(directory, 'postgres')
    const user = unprivilegedUser(wanted)
    mkdirSync(directory, { recursive: true, mode: user ? 0o711 : 0o700 })
    const data = realpathSync(reachableFolder(wanted, user))
    return { data, log: join(directory, 'postgres.log'), password: keepPassword(passwordFile), passwordFile, user }
  } catch (cause) {
    throw cannotUse(directory, cause)
  }
}

function cannotUse(directory: string, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message : String(cause)
  const advice = 'Mend its rights, make room on the disk, or name another folder in GLEANER_DATA_DIR.'
  return new Error(`${directory} cannot be used for PostgreSQL: ${why}. ${advice}`, { cause })
}

/** An empty file is what a crash or a full disk left: nothing was made with it yet. Written whole or not at all. */
function keepPassword(file: string): string {
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  if (kept !== '') return kept
  const made = randomBytes(24).toString('hex')
  writeFileSync(`${file}.new`, made, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return made
}
