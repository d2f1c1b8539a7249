import { makeSetupCode } from '@/accounts/make-setup-code'
import type { Console } from './console'
import { withOwnDatabase } from './database'
import type { Prepared } from './prepare'

/** While nobody has an account: the code that the first page asks for. It stands on the console alone. */
export async function showSetupCode({ databaseUrl }: Prepared, console: Console): Promise<void> {
  const code = await withOwnDatabase(databaseUrl, (db) => makeSetupCode({ db }))
  if (code) console.box(['Nobody has an account yet. The first page asks for this', '', `set-up code: ${code}`])
}
