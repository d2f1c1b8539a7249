import { Composer } from 'grammy'
import type { ZodError } from 'zod'
import type { Ctx } from '@/accounts/context'
import { runAsBot } from '@/accounts/gate'
import type { BotContext } from '@/bot/context'
import { findChatChannels, findTapWorkspaces } from '@/bot/queries'
import { onTap, type Tap, type TapResult, tapOf } from '@/bot/tap'
import { withSystem } from '@/db/scope'
import type { Translator } from '@/i18n/translator'
import { AppError, isAppError } from '@/kernel/app-error'
import { renderButtons } from '@/notifications/channels/telegram/render-message'
import { linksIn, namesOfMarketplaces, type PastedSearch, recogniseSearches } from '../searches/recognise-pasted'
import { createWatch } from './create-watch'
import {
  deletedScreen,
  howToScreen,
  pauseAction,
  type Screen,
  unpauseAction,
  watchListScreen,
  watchScreen,
} from './messages'
import { deleteWatch, pauseWatch, restoreWatch, resumeWatch } from './pause-watch'
import { getWatch, listWatches } from './queries'
import { nameSearches } from './rules'
import { scanWatch } from './scan-watch'
import { newWatchSchema } from './schema'

/** Watches in the chat: a list with buttons, and a new one by sending a link. */
export const watchesComposer = new Composer<BotContext>()

watchesComposer.command('watches', (bot) =>
  answer(bot, async (ctx) => watchListScreen(await listWatches(ctx), bot.words)),
)
onButton('watches', async (ctx, _id, words) => watchListScreen(await listWatches(ctx), words))
onButton('watch_new', async (_ctx, _id, words) => howToScreen(words))
onButton('watch_show', showWatch)
onButton('watch_rest', async (ctx, id, words) => {
  await pauseWatch(ctx, id)
  return showWatch(ctx, id, words)
})
onButton('watch_resume', async (ctx, id, words) => {
  await resumeWatch(ctx, id)
  return showWatch(ctx, id, words)
})
onButton('watch_delete', async (ctx, id, words) => {
  const { name } = await getWatch(ctx, id)
  await deleteWatch(ctx, id)
  return deletedScreen(id, name, words)
})
onButton('watch_restore', async (ctx, id, words) => {
  await restoreWatch(ctx, id)
  return showWatch(ctx, id, words)
})
watchesComposer.callbackQuery(
  tapOf('watch_scan'),
  onTap(async (ctx, { id, words }) => {
    await scanWatch(ctx, needId(id))
    return { say: words.t('bargains.bot.scanning') }
  }),
)
/** Under an alert, whose text stays: the button becomes the one that takes it back. */
watchesComposer.callbackQuery(
  tapOf('watch_pause'),
  onTap(async (ctx, { id, words }) => {
    await pauseWatch(ctx, needId(id))
    return answerAlert(ctx, needId(id), words)
  }),
)
watchesComposer.callbackQuery(
  tapOf('watch_unpause'),
  onTap(async (ctx, { id, words }) => {
    await resumeWatch(ctx, needId(id))
    return answerAlert(ctx, needId(id), words)
  }),
)
// Only in a chat of two: in a group people send each other links that are not meant for us.
watchesComposer.chatType('private').on('message:text', async (bot, next) => {
  const links = linksIn(bot.message.text)
  if (links.length === 0) return next()
  await answer(bot, (ctx, channelIds) => createFromLinks(ctx, bot.words, links, channelIds))
})

type Work = (ctx: Ctx, id: string, words: Translator) => Promise<Screen>

/** A button of the menu: the message becomes what `work` gives. */
function onButton(verb: string, work: Work): void {
  const needsId = verb.startsWith('watch_') && verb !== 'watch_new'
  watchesComposer.callbackQuery(
    tapOf(verb),
    onTap((ctx, { id, words }: Tap) => work(ctx, needsId ? needId(id) : '', words)),
  )
}

function needId(id: string | null): string {
  if (id !== null) return id
  throw new AppError('bad_input', 'a button without its watch', { reason: 'bot.oldButton' })
}

async function showWatch(ctx: Ctx, id: string, words: Translator): Promise<Screen> {
  return watchScreen(await getWatch(ctx, id), words, ctx.now)
}

async function answerAlert(ctx: Ctx, id: string, words: Translator): Promise<TapResult> {
  const { name, pausedAt } = await getWatch(ctx, id)
  const [pause, resume] = [pauseAction(id, words), unpauseAction(id, words)]
  const next = pausedAt === null ? pause : resume
  return {
    say: words.t(pausedAt === null ? 'bargains.tap.resumed' : 'bargains.tap.paused', { name }),
    swaps: { [pause.data]: next, [resume.data]: next },
  }
}

type Answer = (ctx: Ctx, channelIds: readonly string[]) => Promise<Screen>

/** Answers a message in the writer's workspace: that of the chat, else their first. */
async function answer(bot: BotContext, work: Answer): Promise<void> {
  const screen = await runForWriter(bot, work).catch((error) => explain(bot, error))
  await bot.reply(screen.text, { reply_markup: { inline_keyboard: renderButtons(screen.buttons) } })
}

/** `work` gets the chat's channels in that workspace. */
async function runForWriter(bot: BotContext, work: Answer): Promise<Screen> {
  const [telegramUserId, chatId] = [bot.from?.id ?? 0, bot.chat?.id ?? 0]
  const { db } = bot.deps
  const channels = await withSystem(db, 'bot chat', (tx) => findChatChannels(tx, chatId, telegramUserId))
  const linked = await findTapWorkspaces(db, { telegramUserId, chatId, messageId: 0 })
  const workspaceId = channels[0]?.workspaceId ?? linked[0]
  if (workspaceId === undefined) throw new AppError('forbidden', 'linked nowhere', { reason: 'bot.notLinked' })
  const own = channels.filter((channel) => channel.workspaceId === workspaceId).map((channel) => channel.id)
  return runAsBot(bot.deps, { telegramUserId: BigInt(telegramUserId), workspaceId }, (ctx) => work(ctx, own))
}

/** What the sender did wrong is said; what we did wrong is thrown, and logged by the bot. */
function explain(bot: BotContext, error: unknown): Screen {
  if (!isAppError(error)) throw error
  return { text: bot.words.error(error), buttons: [] }
}

/** The new watch tells this chat. */
async function createFromLinks(
  ctx: Ctx,
  words: Translator,
  urls: readonly string[],
  channelIds: readonly string[],
): Promise<Screen> {
  const searches = recogniseSearches(urls)
  const unknown = searches.find(({ source }) => source.hosts.length === 0)
  if (unknown) throw pageInChat(unknown)
  const name = nameSearches(searches) ?? words.t('bargains.bot.menuNew')
  const input = newWatchSchema.safeParse({ name, urls, channelIds })
  if (!input.success) throw refusalOf(input.error)
  const { id } = await createWatch(ctx, input.data)
  const screen = watchScreen(await getWatch(ctx, id), words, ctx.now)
  return { ...screen, text: words.t('bargains.bot.created', { name }) }
}

/** A page of no marketplace is looked at before it is watched, and the chat waits for nothing. */
function pageInChat({ host }: PastedSearch): AppError {
  const values = { host, works: namesOfMarketplaces() }
  return new AppError('bad_input', `any page ${host} in the chat`, { reason: 'watch.pageInChat', values })
}

/** The schema names its texts by keys; what it has none for is told in general. */
function refusalOf({ issues }: ZodError<unknown>): AppError {
  const known = issues.find(({ path, message }) => path[0] === 'urls' && message.startsWith('watch.'))
  return new AppError('bad_input', 'no watch can be made of these links', known && { reason: known.message })
}
