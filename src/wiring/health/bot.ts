import type { BotTrouble } from '@/bot/keep-trouble'
import { readBotState } from '@/bot/read-bot-state'
import { ageOf, type CheckPart, type HealthPart } from './part'

/** Whether the bot hears anybody. None is set: that is well, too. */
export const checkBotPart: CheckPart = async ({ db, clock, outlets }) => {
  const { telegram } = await outlets.installation.settings()
  if (!telegram) return { state: 'ok', configured: false }
  const { mode } = outlets.installation
  const { lastUpdateAt, polled, trouble } = await readBotState(db, telegram.token)
  const figures = { configured: true, mode, lastUpdateSeconds: ageOf(lastUpdateAt, clock()) }
  if (trouble) return { ...troubled(trouble), troubleSeconds: ageOf(trouble.since, clock()), ...figures }
  if (mode === 'polling' && !polled) return { state: 'degraded', detail: 'no worker polls', ...figures }
  return { state: 'ok', ...figures }
}

function troubled({ code }: BotTrouble): HealthPart {
  return { state: 'degraded', detail: WORDS[code] ?? `Telegram answers ${code}`, trouble: code }
}

const WORDS: Readonly<Record<string, string>> = {
  '401': 'Telegram does not know the token',
  '404': 'Telegram does not know the token',
  '409': 'another program polls this bot',
  network: 'Telegram does not answer',
}
