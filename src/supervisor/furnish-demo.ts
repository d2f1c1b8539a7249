import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { createOwner } from '@/accounts/create-owner'
import { runInWorkspace } from '@/accounts/gate'
import { makeSetupCode } from '@/accounts/make-setup-code'
import { setUpSchema } from '@/accounts/schema'
import { members } from '@/accounts/table'
import { createWatch } from '@/bargains/watches/create-watch'
import { scanWatch } from '@/bargains/watches/scan-watch'
import { newWatchSchema } from '@/bargains/watches/schema'
import { withSystem } from '@/db/scope'
import { isAppError } from '@/kernel/app-error'
import { mintWorkspaceId } from '@/kernel/ids'
import { findByAddress } from '@/notifications/channels/add-channel'
import { addEmail } from '@/notifications/channels/add-email'
import { startTelegramLink } from '@/notifications/channels/start-telegram-link'

export type DemoWishes = {
  readonly searches: readonly { readonly name: string; readonly url: string }[]
  /** The bot's name, as in t.me/NAME. */
  readonly bot: string
  /** Presses Start with that deep link; gives the chat's id. */
  readonly follow: (link: string) => number
}

type Work = Parameters<typeof runInWorkspace>[3]

export type Furnished = {
  readonly email: string
  readonly password: string
  /** Reads the watches again, as "Scan now" does. */
  readonly scan: () => Promise<void>
}

/** A ready made owner with a linked Telegram, a mailbox and watches, made by the verbs that the pages use. */
export async function furnishDemo(deps: Deps, wishes: DemoWishes): Promise<Furnished> {
  const email = 'demo@example.org'
  const password = randomBytes(9).toString('base64url')
  const inWorkspace = await makeWorkspace(deps, email, password)
  const link = await inWorkspace((ctx) => startTelegramLink(ctx, wishes.bot))
  const chat = String(wishes.follow(link.url))
  const mailbox = await inWorkspace((ctx) => addEmail(ctx, { address: email }))
  const telegram = await untilFound(() => inWorkspace((ctx) => findByAddress(ctx, 'telegram', chat)))
  const ids = await inWorkspace((ctx) =>
    Promise.all(
      wishes.searches.map(({ name, url }) => {
        const watch = { name, urls: [url], interval: 1, channelIds: [telegram.id, mailbox.id] }
        return createWatch(ctx, newWatchSchema.parse(watch))
      }),
    ),
  )
  return { email, password, scan: () => scanAll(inWorkspace, ids) }
}

type InWorkspace = <T>(work: (ctx: Parameters<Work>[0]) => Promise<T>) => Promise<T>

async function makeWorkspace(deps: Deps, email: string, password: string): Promise<InWorkspace> {
  const code = (await makeSetupCode(deps)) ?? ''
  const halves = { bargains: true, giving: true }
  const workspace = { workspaceName: 'Demo', currency: 'PLN', timeZone: 'Europe/Warsaw', ...halves }
  const person = { code, email, password, name: 'Demo', locale: 'en' }
  const { userId, workspaceId } = await createOwner(deps, setUpSchema.parse({ ...person, ...workspace }))
  const [member] = await withSystem(deps.db, 'demo', (tx) =>
    tx.select({ id: members.id }).from(members).where(eq(members.userId, userId)),
  )
  if (!member) throw new Error('The demo has no owner')
  const actor = { kind: 'member', memberId: member.id, userId, role: 'owner' } as const
  return (work) => runInWorkspace(deps, mintWorkspaceId(workspaceId), actor, work)
}

/** The bot needs a moment for the Start that was pressed. */
async function untilFound<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (let left = 150; left > 0; left -= 1) {
    const found = await find()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The bot did not answer Start within 15 seconds')
}

async function scanAll(inWorkspace: InWorkspace, ids: readonly { id: string }[]): Promise<void> {
  for (const { id } of ids) {
    await inWorkspace((ctx) => scanWatch(ctx, id)).catch((error: unknown) => {
      // Read a moment ago, paused or deleted by the visitor: nothing to hurry.
      if (!isAppError(error)) throw error
    })
  }
}
