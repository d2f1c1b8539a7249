import { runAsReader } from '@/accounts/gate'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { AppError } from '@/kernel/app-error'
import { isUuid } from '@/kernel/ids'
import type { OutboxDeps } from '@/notifications/deliveries/deliver-message'
import { badLink, readLetterLink } from '@/notifications/links/read-letter-link'
import { nameOfSubject } from './act-on-signal'
import { isSettled, pressButton } from './press-button'
import { type CareVerb, isCareVerb, outlivesItsSignal } from './rules-verbs'

/** What the page of a link asks before anything is done. */
export type LetterQuestion = {
  readonly verb: CareVerb
  /** Whom or what it is about. */
  readonly name: string
  readonly member: string
  readonly used: boolean
  /** What it was about is over, and pressing it would do nothing. */
  readonly settled: boolean
}

/** Does nothing: mail programs and their guards open links by themselves. Throws what `readLetterLink` throws. */
export async function askLetterLink(deps: OutboxDeps, token: string): Promise<LetterQuestion> {
  const link = await readLetterLink(deps, deps.outlets.links, token)
  const { verb, id } = parseData(link.data)
  return runAsReader(deps, link, async (ctx, member) => {
    // A task that is done or a contact that is gone must not hide that the link was used.
    const name = link.usedAt === null ? await nameOfSubject(ctx, verb, id) : ''
    const settled = !outlivesItsSignal(verb) && (await isSettled(ctx, link.deliveryId))
    return { verb, name, member, used: link.usedAt !== null, settled }
  })
}

/**
 * Does it once, as the member that the letter went to. Throws `conflict`: `care.usedLink` the second time, `care.settled`
 * where it is over.
 */
export async function takeLetterLink(deps: OutboxDeps, token: string): Promise<void> {
  const link = await readLetterLink(deps, deps.outlets.links, token)
  const { verb, id } = parseData(link.data)
  const words = createTranslatorFor(chooseLocale({ profile: link.locale }), 'UTC')
  await runAsReader(deps, link, async (ctx) => {
    const pressed = await pressButton(ctx, { deliveryId: link.deliveryId, verb, id }, words)
    if (pressed === 'used') throw new AppError('conflict', 'the link was used', { reason: 'care.usedLink' })
    if (pressed === 'settled') throw new AppError('conflict', 'it is over', { reason: 'care.settled' })
  })
}

function parseData(data: string): { verb: CareVerb; id: string } {
  const [verb = '', id = ''] = data.replace(/^care_/, '').split(':')
  if (!isCareVerb(verb) || !isUuid(id)) throw badLink()
  return { verb, id }
}
