import { router } from '@/trpc/init'
import { administratorProcedure } from '@/trpc/procedures'
import { botTokenInput, installationStatus, mailInput, removeInput } from './schema'

export const installationRouter = router({
  status: administratorProcedure.output(installationStatus).query(({ ctx }) => ctx.deps.outlets.installation.status()),
  setBotToken: administratorProcedure
    .input(botTokenInput)
    .mutation(({ ctx, input }) => ctx.deps.outlets.installation.setBotToken(ctx.session.user, input.token)),
  setMail: administratorProcedure
    .input(mailInput)
    .mutation(({ ctx, input }) => ctx.deps.outlets.installation.setMail(ctx.session.user, input)),
  remove: administratorProcedure
    .input(removeInput)
    .mutation(({ ctx, input }) => ctx.deps.outlets.installation.remove(ctx.session.user, input.what)),
})
