import { keepSetupCode } from '@/accounts/keep-setup-code'
import { openSecretBox } from '@/accounts/secret-box'
import type { Console } from './console'
import { withOwnDatabase } from './database'
import type { Prepared } from './prepare'

/** While nobody has an account: the code that the first page asks for. It stands on the console alone. */
export async function showSetupCode({ databaseUrl, settings, secrets }: Prepared, console: Console): Promise<void> {
  // Only the process with the page asks for one.
  if (settings.GLEANER_PROCESS === 'worker') return
  const box = openSecretBox(secrets.GLEANER_ENCRYPTION_KEY)
  const code = await withOwnDatabase(databaseUrl, (db) => keepSetupCode({ db }, box))
  if (code) console.box(['Nobody has an account yet. The first page asks for this', '', `set-up code: ${code}`])
}
