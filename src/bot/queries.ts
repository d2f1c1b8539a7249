import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { members, users, workspaces } from '@/accounts/table'
import type { Database, Transaction } from '@/db/client'
import { withSystem } from '@/db/scope'
import { channels, telegramAccounts, telegramLinks } from '@/notifications/channels/table'
import { deliveries } from '@/notifications/deliveries/table'

/** Of all workspaces, for who writes to the bot is known by their Telegram id alone. */

/** The language of the member that this Telegram user is; the last link counts. */
export function findLocale(db: Database, telegramUserId: number): Promise<string | null> {
  return withSystem(db, 'bot locale', async (tx) => {
    const [row] = await tx
      .select({ locale: users.locale })
      .from(telegramAccounts)
      .innerJoin(members, eq(members.id, telegramAccounts.memberId))
      .innerJoin(users, eq(users.id, members.userId))
      .where(eq(telegramAccounts.telegramUserId, BigInt(telegramUserId)))
      .orderBy(sql`${telegramAccounts.createdAt} desc`)
      .limit(1)
    return row?.locale ?? null
  })
}

/** The workspaces that this Telegram user is linked to, oldest first. */
export function findWorkspaces(tx: Transaction, telegramUserId: number) {
  return tx
    .select({ id: workspaces.id, name: workspaces.name })
    .from(telegramAccounts)
    .innerJoin(workspaces, eq(workspaces.id, telegramAccounts.workspaceId))
    .where(eq(telegramAccounts.telegramUserId, BigInt(telegramUserId)))
    .orderBy(asc(telegramAccounts.createdAt))
}

export type Tapped = { readonly telegramUserId: number; readonly chatId: number; readonly messageId: number }

/**
 * Whose button was tapped: the workspace that sent the message; for the bot's own menus, which belong to none, those of
 * the tapper.
 */
export function findTapWorkspaces(db: Database, tapped: Tapped): Promise<readonly string[]> {
  return withSystem(db, 'bot tap', async (tx) => {
    const sent = await tx
      .selectDistinct({ id: deliveries.workspaceId })
      .from(deliveries)
      .innerJoin(channels, eq(channels.id, deliveries.channelId))
      .where(and(eq(deliveries.providerId, String(tapped.messageId)), isChat(tapped.chatId)))
    const rows = sent.length > 0 ? sent : await findWorkspaces(tx, tapped.telegramUserId)
    return rows.map((row) => row.id)
  })
}

export function isChat(chatId: number) {
  return and(eq(channels.kind, 'telegram'), eq(channels.address, String(chatId)))
}

/**
 * The chat's live channels in the workspaces that this Telegram user is linked to, with who they are there; none where
 * they are disabled.
 */
export function findChatChannels(tx: Transaction, chatId: number, telegramUserId: number) {
  return tx
    .select({
      id: channels.id,
      workspaceId: channels.workspaceId,
      memberId: channels.memberId,
      offAt: channels.offAt,
      writer: { memberId: members.id, role: members.role },
    })
    .from(channels)
    .innerJoin(
      telegramAccounts,
      and(
        eq(telegramAccounts.workspaceId, channels.workspaceId),
        eq(telegramAccounts.telegramUserId, BigInt(telegramUserId)),
      ),
    )
    .innerJoin(members, eq(members.id, telegramAccounts.memberId))
    .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
    .where(and(isChat(chatId), isNull(channels.deletedAt)))
    .orderBy(asc(telegramAccounts.createdAt))
}

export type ChatChannel = Awaited<ReturnType<typeof findChatChannels>>[number]

/** The link with this hash, with the member it was made for; nothing where that member is gone or disabled. */
export function findLink(db: Database, hash: string) {
  return withSystem(db, 'bot link', async (tx) => {
    const [row] = await tx
      .select({
        id: telegramLinks.id,
        workspaceId: telegramLinks.workspaceId,
        workspaceName: workspaces.name,
        memberId: members.id,
        locale: users.locale,
        expiresAt: telegramLinks.expiresAt,
        usedAt: telegramLinks.usedAt,
      })
      .from(telegramLinks)
      .innerJoin(members, eq(members.id, telegramLinks.memberId))
      .innerJoin(users, and(eq(users.id, members.userId), isNull(users.disabledAt)))
      .innerJoin(workspaces, eq(workspaces.id, telegramLinks.workspaceId))
      .where(eq(telegramLinks.hash, hash))
    return row
  })
}
