import { randomInt } from 'node:crypto'
import type { Database, Transaction } from '@/db/client'
import { hasUsers } from './queries'
import { sha256 } from './secret-hash'
import { instanceSettings } from './table'

/** A row of `instance_settings` that holds a hash: the code itself is on the console alone. */
export const SETUP_CODE_KEY = 'setup.code'
/** The code of `keepSetupCode`, sealed, so that every process can show the same one. */
export const SETUP_SHOWN_KEY = 'setup.shown'

/** Without letters and digits that are mistaken for each other on a console. */
const ALPHABET = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/**
 * While there is no user: a new one-time code (40 bits, the earlier one ends). Null once somebody has set Gleaner up.
 * `keepSetupCode` is for whoever starts Gleaner and types it into the first page.
 */
export async function makeSetupCode(deps: { readonly db: Database | Transaction }): Promise<string | null> {
  if (await hasUsers(deps.db)) return null
  const code = `${letters(4)}-${letters(4)}`
  const ciphertext = hashSetupCode(code)
  await deps.db
    .insert(instanceSettings)
    .values({ key: SETUP_CODE_KEY, ciphertext })
    .onConflictDoUpdate({ target: instanceSettings.key, set: { ciphertext, updatedAt: new Date() } })
  return code
}

/** However it is typed: small letters, spaces and missing dashes are forgiven. */
export function hashSetupCode(code: string): string {
  return sha256(code.toUpperCase().replace(/[^A-Z0-9]/g, ''))
}

function letters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
