import { and, eq } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import type { Translator } from '@/i18n/translator'
import { channels } from '@/notifications/channels/table'
import { deliveries } from '@/notifications/deliveries/table'
import { usedLinks } from '@/notifications/links/table'
import { signals } from '@/notifications/signals/table'
import { actOnSignal } from './act-on-signal'
import { type CareVerb, outlivesItsSignal } from './rules-verbs'

/** A button of one message, in a chat or in a letter. */
export type Button = { readonly deliveryId: string; readonly verb: CareVerb; readonly id: string }

/** `used`: it was pressed before. `settled`: what it was about is over, and nothing is left to do. */
export type Pressed = 'did' | 'used' | 'settled'

/** Does what the button says, once, however often and by however many it is pressed. Throws what `actOnSignal` throws. */
export async function pressButton(ctx: Ctx, button: Button, words: Translator): Promise<Pressed> {
  const { deliveryId, verb, id } = button
  if (!outlivesItsSignal(verb) && (await isSettled(ctx, deliveryId))) return 'settled'
  if (!(await takeOnce(ctx, button))) return 'used'
  await actOnSignal(ctx, verb, id, words)
  return 'did'
}

/** Of two at once the second waits for the first, and finds it used. */
async function takeOnce({ db, workspaceId, now }: Ctx, { deliveryId, verb, id }: Button): Promise<boolean> {
  const rows = await db
    .insert(usedLinks)
    .values({ workspaceId, deliveryId, data: `care_${verb}:${id}`, usedAt: now })
    .onConflictDoNothing()
    .returning({ data: usedLinks.data })
  return rows.length > 0
}

/** Whether the signal of that message is over. */
export async function isSettled({ db }: Pick<Ctx, 'db'>, deliveryId: string): Promise<boolean> {
  const [row] = await db
    .select({ resolvedAt: signals.resolvedAt })
    .from(deliveries)
    .innerJoin(signals, eq(signals.id, deliveries.signalId))
    .where(eq(deliveries.id, deliveryId))
  return row !== undefined && row.resolvedAt !== null
}

/** The delivery that a message in a Telegram chat is; null where none of this workspace's is. */
export async function findTapped(
  { db }: Pick<Ctx, 'db'>,
  { chatId, messageId }: { readonly chatId: number; readonly messageId: number },
): Promise<string | null> {
  const inChat = and(eq(channels.kind, 'telegram'), eq(channels.address, String(chatId)))
  const [row] = await db
    .select({ id: deliveries.id })
    .from(deliveries)
    .innerJoin(channels, eq(channels.id, deliveries.channelId))
    .where(and(eq(deliveries.providerId, String(messageId)), inChat))
  return row?.id ?? null
}
