import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod'
import { StartRefused } from './cleanup'

const NAMES = ['AUTH_SECRET', 'GLEANER_ENCRYPTION_KEY'] as const

/** What Gleaner needs and nobody should have to make up. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>

const secret = z.string().min(1).optional()
/** What a newer release keeps beside them stays. */
const kept = z.looseObject({ AUTH_SECRET: secret, GLEANER_ENCRYPTION_KEY: secret })
type Kept = z.output<typeof kept>

/**
 * Reads the kept secrets, making once what is missing: 32 random bytes each, as base64. The environment wins. Throws
 * `StartRefused` for a file that cannot be read: new secrets would make every sealed setting unreadable for good.
 */
export function keepSecrets(file: string, env: NodeJS.ProcessEnv): Secrets {
  const secrets = keepInFile(file)
  // Object.fromEntries forgets the names, which come from NAMES.
  return Object.fromEntries(NAMES.map((name) => [name, env[name] || secrets[name]])) as Secrets
}

function keepInFile(file: string): Kept {
  const read = readKept(file)
  if (read && NAMES.every((name) => read[name])) return read
  const fresh = Object.fromEntries(NAMES.map((name) => [name, randomBytes(32).toString('base64')]))
  const made = { ...fresh, ...read }
  const isOurs = writeWhole(file, `${JSON.stringify(made, null, 2)}\n`, read === null)
  return isOurs ? made : keepInFile(file)
}

function readKept(file: string): Kept | null {
  const text = readIfThere(file)
  if (text === null) return null
  const found = kept.safeParse(parseJson(text))
  if (found.success) return found.data
  throw new StartRefused(
    `${file} is damaged: it is not the JSON of secrets that Gleaner wrote. Nothing was changed. Put it back from a backup, or ` +
      'set AUTH_SECRET and GLEANER_ENCRYPTION_KEY and move the file away. With new secrets everybody signs in again, and ' +
      'the bot token and mail server that were pasted into the settings must be pasted again.',
  )
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new StartRefused(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses undefined.
    return undefined
  }
}

/**
 * All of it or nothing, also when the machine stops in the middle: written beside, then put into its place. False for a
 * first file that another process, started at the same moment, was faster to make.
 */
function writeWhole(file: string, text: string, isFirst: boolean): boolean {
  const beside = `${file}.${randomBytes(4).toString('hex')}`
  writeFileSync(beside, text, { mode: 0o600, flag: 'wx', flush: true })
  try {
    if (isFirst) linkSync(beside, file)
    else renameSync(beside, file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(beside, { force: true })
  }
  syncFolder(dirname(file))
  return true
}

/** The new name itself must reach the disk. */
function syncFolder(folder: string): void {
  const descriptor = openSync(folder, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
