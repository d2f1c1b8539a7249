import { Composer } from 'grammy'
import type { Ctx } from '@/accounts/context'
import type { BotContext, BotFeature } from '@/bot/context'
import { onTap, type Tap, type TapResult, tapOf } from '@/bot/tap'
import { AppError } from '@/kernel/app-error'
import { actOnSignal, nameOfSubject } from './act-on-signal'
import { CARE_VERBS, type CareVerb } from './rules-verbs'

/** The buttons under an alert of care: each does its thing where it is tapped. */
const careComposer = new Composer<BotContext>()

for (const verb of CARE_VERBS) {
  careComposer.callbackQuery(
    tapOf(`care_${verb}`),
    onTap((ctx, tap) => act(ctx, tap, verb)),
  )
}

async function act(ctx: Ctx, { id, words }: Tap, verb: CareVerb): Promise<TapResult> {
  if (id === null) throw new AppError('bad_input', 'a button without its subject', { reason: 'bot.oldButton' })
  const name = await nameOfSubject(ctx, verb, id)
  await actOnSignal(ctx, verb, id, words)
  return { say: words.t(`alerts.did.${verb}`, { name }) }
}

/** Giving in the chat. */
export const careBot: BotFeature = { composer: careComposer }
