import { makeSetupCode } from '@/accounts/make-setup-code'
import type { Console } from './console'
import { withOwnDatabase } from './database'
import type { Prepared } from './prepare'

/** While nobody has an account: the code that the first page asks for. It stands on the console alone. */
export async function showSetupCode({ databaseUrl, settings }: Prepared, console: Console): Promise<void> {
  // A new code ends the earlier one, so that only the process with the page makes one.
  if (settings.GLEANER_PROCESS === 'worker') return
  const code = await withOwnDatabase(databaseUrl, (db) => makeSetupCode({ db }))
  if (code) console.box(['Nobody has an account yet. The first page asks for this', '', `set-up code: ${code}`])
}
