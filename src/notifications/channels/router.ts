import { z } from 'zod'
import { countAttempt } from '@/accounts/limit-attempts'
import { AppError } from '@/kernel/app-error'
import { router } from '@/trpc/init'
import { gateProcedure, workspaceProcedure } from '@/trpc/procedures'
import { addEmail } from './add-email'
import { deleteChannel } from './delete-channel'
import { listChannels, readTelegramLink } from './queries'
import { renameChannel } from './rename-channel'
import { restoreChannel } from './restore-channel'
import { channelIdSchema, listedChannelSchema, newEmailSchema, renameSchema } from './schema'
import { startTelegramLink } from './start-telegram-link'
import { testChannel } from './test-channel'

/** Each is a row for a day; nobody opens the dialog more often. */
const LINKS = { name: 'telegram-link', points: 30, seconds: 600 }

export const channelsRouter = router({
  list: workspaceProcedure('channels.read')
    .meta({ openapi: { method: 'GET', path: '/channels', tags: ['channels'], summary: 'Where signals can go' } })
    .input(z.void())
    .output(z.array(listedChannelSchema))
    .query(({ ctx }) => listChannels(ctx.scope)),
  createEmail: workspaceProcedure('channels.write')
    .input(newEmailSchema)
    .mutation(({ ctx, input }) => addEmail(ctx.scope, input)),
  startTelegramLink: gateProcedure('channels.write').mutation(async ({ ctx }) => {
    await countAttempt(ctx.deps.db, LINKS, ctx.workspace.memberId, ctx.deps.clock())
    const bot = await ctx.deps.outlets.installation.bot()
    if (!bot) throw new AppError('unavailable', 'no bot is set', { reason: 'channel.noBot', permanent: true })
    return ctx.open((scope) => startTelegramLink(scope, bot.username))
  }),
  telegramLink: workspaceProcedure('channels.write')
    .input(channelIdSchema)
    .query(({ ctx, input }) => readTelegramLink(ctx.scope, input.id)),
  rename: workspaceProcedure('channels.write')
    .input(renameSchema)
    .mutation(({ ctx, input }) => renameChannel(ctx.scope, input)),
  delete: workspaceProcedure('channels.write')
    .input(channelIdSchema)
    .mutation(({ ctx, input }) => deleteChannel(ctx.scope, input.id)),
  restore: workspaceProcedure('channels.write')
    .input(channelIdSchema)
    .mutation(({ ctx, input }) => restoreChannel(ctx.scope, input.id)),
  test: gateProcedure('channels.write')
    .input(channelIdSchema)
    .mutation(({ ctx, input }) => testChannel(ctx.deps, ctx.open, ctx.workspace.memberId, input.id)),
  /** Notes that the list or a last delivery changed: the page reads it again. */
  changes: gateProcedure('channels.read').subscription(async function* ({ ctx, signal }) {
    for await (const note of ctx.listen(signal)) {
      if (['connected', 'channels', 'deliveries'].includes(note.topic)) yield note.topic
    }
  }),
})
