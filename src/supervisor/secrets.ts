import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const NAMES = ['AUTH_SECRET', 'GLEANER_ENCRYPTION_KEY'] as const

/** What Gleaner needs and nobody should have to make up. */
export type Secrets = Readonly<Record<(typeof NAMES)[number], string>>

/** Reads the kept secrets, making once what is missing: 32 random bytes each, as base64. The environment wins. */
export function keepSecrets(file: string, env: NodeJS.ProcessEnv): Secrets {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {}
  const made = Object.fromEntries(NAMES.map((name) => [name, kept[name] ?? randomBytes(32).toString('base64')]))
  if (NAMES.some((name) => !kept[name])) writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  // Object.fromEntries forgets the names, which come from NAMES.
  return Object.fromEntries(NAMES.map((name) => [name, env[name] || made[name]])) as Secrets
}
