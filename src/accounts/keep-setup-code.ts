import { inArray, sql } from 'drizzle-orm'
import { isAppError } from '@/kernel/app-error'
import type { Deps } from './context'
import { hashSetupCode, makeSetupCode, SETUP_CODE_KEY, SETUP_SHOWN_KEY } from './make-setup-code'
import type { SecretBox } from './secret-box'
import { instanceSettings } from './table'

/** Any constant: of several processes that start at once the first makes the code. */
const LOCK = 7_263_417

/**
 * While there is no user: the code to show at a start, the same at each and in every process that shares the database and
 * the key, until it is used. A new one where the kept one is not readable (another key) or was replaced. Null once
 * somebody has set Gleaner up.
 */
export async function keepSetupCode({ db }: Pick<Deps, 'db'>, box: SecretBox): Promise<string | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    const rows = await tx
      .select()
      .from(instanceSettings)
      .where(inArray(instanceSettings.key, [SETUP_CODE_KEY, SETUP_SHOWN_KEY]))
    const [hash, sealed] = [SETUP_CODE_KEY, SETUP_SHOWN_KEY].map((key) => rows.find((row) => row.key === key))
    const shown = sealed ? openShown(box, sealed.ciphertext) : null
    if (shown && hash?.ciphertext === hashSetupCode(shown)) return shown
    const code = await makeSetupCode({ db: tx })
    if (!code) return null
    const ciphertext = box.seal(code, SETUP_SHOWN_KEY)
    await tx
      .insert(instanceSettings)
      .values({ key: SETUP_SHOWN_KEY, ciphertext })
      .onConflictDoUpdate({ target: instanceSettings.key, set: { ciphertext, updatedAt: new Date() } })
    return code
  })
}

function openShown(box: SecretBox, sealed: string): string | null {
  try {
    return box.open(sealed, SETUP_SHOWN_KEY)
  } catch (error) {
    // Sealed with a key that was lost: whoever starts Gleaner may have a new code all the same.
    if (isAppError(error)) return null
    throw error
  }
}
