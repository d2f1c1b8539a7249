import { Composer } from 'grammy'
import type { Ctx } from '@/accounts/context'
import type { BotContext } from '@/bot/context'
import { onTap, type Tap, type TapResult, tapOf } from '@/bot/tap'
import { AppError } from '@/kernel/app-error'
import { matchActions } from './messages'
import { toggleMatchState } from './toggle-match-state'

/** The buttons under an alert. A second tap takes the first one back. */
export const matchesComposer = new Composer<BotContext>()

matchesComposer.callbackQuery(
  tapOf('match_favourite'),
  onTap((ctx, tap) => toggle(ctx, tap, 'favourite', 'unfavourite')),
)
matchesComposer.callbackQuery(
  tapOf('match_ignore'),
  onTap((ctx, tap) => toggle(ctx, tap, 'ignored', 'unignored')),
)

async function toggle(
  ctx: Ctx,
  { id, words }: Tap,
  state: 'favourite' | 'ignored',
  back: 'unfavourite' | 'unignored',
): Promise<TapResult> {
  if (id === null) throw new AppError('bad_input', 'a button without its match', { reason: 'bot.oldButton' })
  const next = await toggleMatchState(ctx, id, state)
  return {
    say: words.t(`bargains.tap.${next === state ? state : back}`),
    swaps: Object.fromEntries(matchActions(id, next, words).map((action) => [action.data, action])),
  }
}
