import type { Deps } from '@/accounts/context'
import { outlastOutage } from '@/db/lost-connection'
import { chooseLocale } from '@/i18n/locales'
import { createTranslatorFor } from '@/i18n/translator'
import { isAppError } from '@/kernel/app-error'
import type { Outcome } from '../channels/channel'
import type { Message, Reader } from '../message'
import type { Outlets } from '../outlets'
import { type Claimed, LEASE_SECONDS } from './claim-deliveries'
import { recordOutcome } from './record-outcome'

/** What sending needs of a process. */
export type OutboxDeps = Deps & { readonly outlets: Outlets }

/** Longer than any channel waits, shorter than the lease. */
const TIMEOUT_MS = 45_000

/** Says one claimed delivery, outside any transaction, and records what came of it while the lease is ours. */
export async function deliverMessage(deps: OutboxDeps, claimed: Claimed): Promise<Outcome | 'resolved'> {
  deps.log.debug({ deliveryId: claimed.id, stage: 'leased' }, 'delivery leased')
  const outcome = claimed.resolved ? 'resolved' : await trySend(deps, claimed)
  deps.log.debug({ deliveryId: claimed.id, stage: 'answered' }, 'delivery answered')
  // Said is said: a database that is away for a while must not make it be said twice.
  await outlastOutage(LEASE_SECONDS, () => recordOutcome(deps, claimed, outcome))
  return outcome
}

async function trySend(deps: OutboxDeps, claimed: Claimed): Promise<Outcome> {
  const reader = readerOf(deps, claimed)
  const timeout = cutOff()
  try {
    const message = render(deps.outlets, claimed, reader)
    const channel = await deps.outlets.channel(claimed.target.kind)
    return await Promise.race([channel.send(claimed.target, message, reader, claimed.id), timeout.outcome])
  } catch (error) {
    // A bug of ours, or a newer release's signal: trying again after a repair is worth more than losing it. The text of
    // an error that nobody expected may hold SQL: it goes to the log alone, not into the list that members read.
    deps.log.error({ err: error, deliveryId: claimed.id, kind: claimed.signal.kind }, 'delivery could not be made')
    return { kind: 'later', reason: 'unsayable', detail: isAppError(error) ? error.message : '' }
  } finally {
    timeout.clear()
  }
}

function cutOff() {
  let timer: NodeJS.Timeout | undefined
  const outcome = new Promise<Outcome>((resolve) => {
    const late: Outcome = { kind: 'later', reason: 'timeout', detail: 'no answer in time', uncertain: true }
    timer = setTimeout(() => resolve(late), TIMEOUT_MS)
  })
  return { outcome, clear: () => clearTimeout(timer) }
}

function readerOf(deps: OutboxDeps, claimed: Claimed): Reader {
  const { locale, timeZone, target } = claimed
  const { appUrl, links } = deps.outlets
  const reader = { locale, timeZone, now: deps.clock(), appUrl }
  // A letter that goes to several readers must not act for one of them.
  const acts = target.kind === 'email' && claimed.memberId !== null
  return acts ? { ...reader, actUrl: (data) => links.actUrl(claimed.id, data), stopUrl: links.stopUrl } : reader
}

/** A message that may be there already says so: the reader sees why it came twice. */
function render(outlets: Outlets, claimed: Claimed, reader: Reader): Message {
  const message = outlets.say(claimed.signal.kind)(claimed.signal, reader)
  if (!claimed.uncertain) return message
  const { t } = createTranslatorFor(chooseLocale({ profile: reader.locale }), reader.timeZone)
  return { ...message, footer: [message.footer, t('messages.mayBeRepeat')].filter(Boolean).join(' · ') }
}
