import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx, Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { sha256 } from '@/accounts/secret-hash'
import { notifyPages } from '@/db/notify-pages'
import { truncate } from '@/kernel/text'
import { addChannel, findByAddress } from '@/notifications/channels/add-channel'
import { channels, telegramAccounts, telegramLinks } from '@/notifications/channels/table'
import { findLink } from './queries'

export type LinkRequest = {
  /** As it came after /start. */
  readonly token: string
  readonly telegramUserId: number
  readonly chat: { readonly id: number; readonly title: string; readonly private: boolean }
}

export type Linked =
  | { readonly kind: 'linked' | 'known'; readonly workspace: string; readonly locale: string }
  | { readonly kind: 'unknown' | 'used' | 'expired' }

type Link = NonNullable<Awaited<ReturnType<typeof findLink>>>

/**
 * Spends a deep link: whoever opened it is that member from now on, and the chat is their channel (a group: the
 * workspace's). `known`: the chat was connected already; it is on again.
 */
export async function linkAccount(deps: Deps, request: LinkRequest): Promise<Linked> {
  const link = await findLink(deps.db, sha256(request.token))
  if (!link) return { kind: 'unknown' }
  if (link.usedAt) return { kind: 'used' }
  if (link.expiresAt <= deps.clock()) return { kind: 'expired' }
  return runAsJob(deps, link.workspaceId, 'link-telegram', (ctx) => spend(ctx, link, request))
}

async function spend(ctx: Ctx, link: Link, request: LinkRequest): Promise<Linked> {
  const spent = await ctx.db
    .update(telegramLinks)
    .set({ usedAt: ctx.now })
    .where(and(eq(telegramLinks.id, link.id), isNull(telegramLinks.usedAt)))
    .returning({ id: telegramLinks.id })
  // Two taps at once: the other one was first.
  if (spent.length === 0) return { kind: 'used' }
  await linkUser(ctx, link.memberId, request.telegramUserId)
  return { kind: await connectChat(ctx, link, request), workspace: link.workspaceName, locale: link.locale }
}

async function linkUser(ctx: Ctx, memberId: string, telegramUserId: number): Promise<void> {
  const { workspaceId, now } = ctx
  await ctx.db
    .insert(telegramAccounts)
    .values({ workspaceId, memberId, telegramUserId: BigInt(telegramUserId), createdAt: now })
    .onConflictDoUpdate({
      target: [telegramAccounts.workspaceId, telegramAccounts.telegramUserId],
      set: { memberId, createdAt: now },
    })
}

async function connectChat(ctx: Ctx, link: Link, { chat }: LinkRequest): Promise<'linked' | 'known'> {
  const address = String(chat.id)
  const known = await findByAddress(ctx, 'telegram', address)
  if (known) {
    await ctx.db.update(channels).set({ offReason: null, offAt: null }).where(eq(channels.id, known.id))
    await notifyPages(ctx.db, ctx.workspaceId, 'channels', known.id)
    return 'known'
  }
  const memberId = chat.private ? link.memberId : null
  const name = truncate(chat.title || 'Telegram', 100)
  await addChannel(ctx, { kind: 'telegram', memberId, name, address, locale: link.locale })
  return 'linked'
}
