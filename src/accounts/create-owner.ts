import { eq, sql } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { newId } from '@/kernel/ids'
import { writeUserAudit } from './audit'
import type { Deps } from './context'
import { countAttempt, type Limit } from './limit-attempts'
import { hashSetupCode, SETUP_CODE_KEY, SETUP_SHOWN_KEY } from './make-setup-code'
import { hashPassword } from './passwords'
import { hasUsers } from './queries'
import type { SetUpInput } from './schema'
import { equalHashes } from './secret-hash'
import { instanceSettings, members, users, workspaces } from './table'

/** Of all who try: there is one code, so there is one count. */
const SET_UP_LIMIT: Limit = { name: 'set-up', points: 10, seconds: 900 }

/** Any constant: two set-ups at once wait for each other, and the second finds a user. */
const LOCK = 7_263_416

/**
 * The first visit: the owner, who also administers the installation, and the workspace. Throws `conflict` (`setup.done`)
 * when there is a user, `bad_input` (`setup.code`) for a wrong or used code, `too_many` after 10 tries in 15 minutes.
 */
export async function createOwner(deps: Deps, input: SetUpInput): Promise<Created> {
  await countAttempt(deps.db, SET_UP_LIMIT, 'all', deps.clock())
  return setUp(deps, input, (hash) => checkCode(hash, input.code))
}

/** The same for whoever has a shell here, and so the database: no code is asked for. The code on the console ends with it. */
export function createOwnerLocally(deps: Deps, input: Owner): Promise<Created> {
  return setUp(deps, input, () => undefined)
}

type Owner = Omit<SetUpInput, 'code'>
type Created = { readonly userId: string; readonly workspaceId: string }

async function setUp(deps: Deps, input: Owner, check: (codeHash: string | undefined) => void): Promise<Created> {
  const passwordHash = await hashPassword(input.password)
  return withSystem(deps.db, 'set-up', async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
    if (await hasUsers(tx)) throw new AppError('conflict', 'there is a user', { reason: 'setup.done' })
    check(await takeCode(tx))
    return insertOwner(tx, input, passwordHash, deps.clock())
  })
}

async function takeCode(tx: Transaction): Promise<string | undefined> {
  const [row] = await tx.delete(instanceSettings).where(eq(instanceSettings.key, SETUP_CODE_KEY)).returning()
  await tx.delete(instanceSettings).where(eq(instanceSettings.key, SETUP_SHOWN_KEY))
  return row?.ciphertext
}

function checkCode(codeHash: string | undefined, code: string): void {
  if (codeHash !== undefined && equalHashes(codeHash, hashSetupCode(code))) return
  // Thrown within the transaction, so a wrong try does not use up the right code.
  throw new AppError('bad_input', 'wrong set-up code', { reason: 'setup.code', values: { field: 'code' } })
}

async function insertOwner(tx: Transaction, input: Owner, passwordHash: string, now: Date) {
  const [userId, workspaceId] = [newId(), newId()]
  const { email, name, locale, workspaceName, currency, timeZone, bargains, giving } = input
  await tx.insert(users).values({ id: userId, email, name, passwordHash, locale, administrator: true })
  await tx
    .insert(workspaces)
    .values({ id: workspaceId, name: workspaceName, currency, timeZone, locale, bargains, giving })
  await tx.insert(members).values({ workspaceId, userId, role: 'owner' })
  await writeUserAudit(tx, userId, 'workspace.create', now)
  return { userId, workspaceId }
}
