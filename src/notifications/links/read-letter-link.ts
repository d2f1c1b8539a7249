import { and, eq } from 'drizzle-orm'
import type { Deps } from '@/accounts/context'
import { withSystem } from '@/db/scope'
import { AppError } from '@/kernel/app-error'
import { isUuid } from '@/kernel/ids'
import { channels } from '../channels/table'
import { deliveries } from '../deliveries/table'
import type { LinkSigner } from './sign-links'
import { usedLinks } from './table'

/** A link of a letter that went to one member, as far as it can be used. */
export type LetterLink = {
  readonly workspaceId: string
  readonly memberId: string
  readonly locale: string
  readonly deliveryId: string
  /** `<verb>:<uuid>` */
  readonly data: string
  readonly usedAt: Date | null
}

const LIVES_MS = 14 * 86_400_000

/** Throws `not_found` (`care.badLink`) for what we did not sign, `conflict` (`care.oldLink`) after 14 days. */
export async function readLetterLink(deps: Deps, links: LinkSigner, token: string): Promise<LetterLink> {
  const link = links.read(token)
  if (link?.purpose !== 'act' || !isUuid(link.id)) throw badLink()
  const { id: deliveryId, data } = link
  const found = await withSystem(deps.db, 'letter link', (tx) =>
    tx
      .select({
        workspaceId: deliveries.workspaceId,
        memberId: channels.memberId,
        locale: channels.locale,
        createdAt: deliveries.createdAt,
        usedAt: usedLinks.usedAt,
      })
      .from(deliveries)
      .innerJoin(channels, eq(channels.id, deliveries.channelId))
      .leftJoin(usedLinks, and(eq(usedLinks.deliveryId, deliveries.id), eq(usedLinks.data, data)))
      .where(eq(deliveries.id, deliveryId)),
  )
  const [row] = found
  if (!row?.memberId) throw badLink()
  if (deps.clock().getTime() - row.createdAt.getTime() > LIVES_MS) {
    throw new AppError('conflict', 'the link is older than 14 days', { reason: 'care.oldLink' })
  }
  const { createdAt: _createdAt, ...rest } = row
  return { ...rest, memberId: row.memberId, deliveryId, data }
}

export function badLink(): AppError {
  return new AppError('not_found', 'no link of ours', { reason: 'care.badLink' })
}
