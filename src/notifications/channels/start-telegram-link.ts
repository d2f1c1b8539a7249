import { lt } from 'drizzle-orm'
import { type Ctx, requirePermission } from '@/accounts/context'
import { randomSecret, sha256 } from '@/accounts/secret-hash'
import { newId } from '@/kernel/ids'
import { findActingMember } from './add-channel'
import { telegramLinks } from './table'

const HOUR_MS = 3600_000

export type TelegramLink = {
  /** To ask whether it was used. */
  readonly id: string
  /** Opens the private chat with the bot and presses Start there. */
  readonly url: string
  /** The same into a group that is chosen in Telegram. */
  readonly groupUrl: string
  readonly expiresAt: Date
}

/** A deep link that works once and for one hour. It is in this answer and nowhere else: only its SHA-256 is kept. */
export async function startTelegramLink(ctx: Ctx, botName: string): Promise<TelegramLink> {
  requirePermission(ctx, 'channels.write')
  const { id: memberId } = await findActingMember(ctx)
  const { workspaceId, now } = ctx
  // 43 letters of base64url: Telegram takes 64 of A-Z a-z 0-9 _ -.
  const token = randomSecret('')
  const expiresAt = new Date(now.getTime() + HOUR_MS)
  const dayAgo = new Date(now.getTime() - 24 * HOUR_MS)
  await ctx.db.delete(telegramLinks).where(lt(telegramLinks.createdAt, dayAgo))
  const id = newId()
  const row = { id, workspaceId, memberId, hash: sha256(token), createdAt: now, expiresAt }
  await ctx.db.insert(telegramLinks).values(row)
  const bot = `https://t.me/${botName}`
  return { id, url: `${bot}?start=${token}`, groupUrl: `${bot}?startgroup=${token}`, expiresAt }
}
