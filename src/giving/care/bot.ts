import { Composer } from 'grammy'
import type { Ctx } from '@/accounts/context'
import type { BotContext, BotFeature } from '@/bot/context'
import { onTap, type Tap, type TapResult, tapOf } from '@/bot/tap'
import { AppError } from '@/kernel/app-error'
import { actionData } from '@/notifications/action-data'
import { nameOfSubject } from './act-on-signal'
import { findTapped, pressButton } from './press-button'
import { CARE_VERBS, type CareVerb } from './rules-verbs'

/** The buttons under an alert of care: each does its thing where it is tapped. */
const careComposer = new Composer<BotContext>()

for (const verb of CARE_VERBS) {
  careComposer.callbackQuery(
    tapOf(`care_${verb}`),
    onTap((ctx, tap) => act(ctx, tap, verb)),
  )
}

async function act(ctx: Ctx, { id, words, message }: Tap, verb: CareVerb): Promise<TapResult> {
  const deliveryId = await findTapped(ctx, message)
  if (id === null || deliveryId === null) {
    throw new AppError('bad_input', 'a button without its subject', { reason: 'bot.oldButton' })
  }
  const { t } = words
  const name = await nameOfSubject(ctx, verb, id)
  const pressed = await pressButton(ctx, { deliveryId, verb, id }, words)
  if (pressed === 'settled') return { say: t('alerts.pressed.settled'), alert: true }
  const say = pressed === 'used' ? t('alerts.pressed.used') : t(`alerts.did.${verb}`, { name })
  return { say, swaps: { [actionData(`care_${verb}`, id)]: pressedButton(verb, id, words) } }
}

/** It stays where it was, and says that it was pressed. */
function pressedButton(verb: CareVerb, id: string, { t }: Tap['words']) {
  const label = t('alerts.pressed.button', { label: t(`alerts.button.${verb}`) })
  return { kind: 'do' as const, label, data: actionData(`care_${verb}`, id) }
}

/** Giving in the chat. */
export const careBot: BotFeature = { composer: careComposer }
