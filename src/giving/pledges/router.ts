import { router } from '@/trpc/init'
import { workspaceProcedure } from '@/trpc/procedures'
import { changePledge, changeTerms } from './change-pledge'
import { createPledge } from './create-pledge'
import { cancelPledge, completePledge, endPledge, reopenPledge } from './end-pledge'
import { listMonths } from './list-months'
import { pausePledge, resumePledge } from './pause-pledge'
import { getPledge, listInstalments, listPledges } from './queries'
import {
  cancelPledgeSchema,
  changedPledgeSchema,
  changePledgeSchema,
  changeTermsSchema,
  endPledgeSchema,
  instalmentPageSchema,
  listInstalmentsSchema,
  listPledgesSchema,
  monthsSchema,
  monthsShownSchema,
  newPledgeSchema,
  pausePledgeSchema,
  pledgeIdSchema,
  pledgePageSchema,
  pledgeVersionSchema,
  resumePledgeSchema,
  shownPledgeSchema,
} from './schema'

const tags = ['pledges']

export const pledgesRouter = router({
  list: workspaceProcedure('pledges.read')
    .meta({ openapi: { method: 'GET', path: '/pledges', tags, summary: 'Who promised what, newest first' } })
    .input(listPledgesSchema)
    .output(pledgePageSchema)
    .query(({ ctx, input }) => listPledges(ctx.scope, input)),
  get: workspaceProcedure('pledges.read')
    .meta({ openapi: { method: 'GET', path: '/pledges/{id}', tags, summary: 'A pledge with every instalment' } })
    .input(pledgeIdSchema)
    .output(shownPledgeSchema)
    .query(({ ctx, input }) => getPledge(ctx.scope, input.id)),
  months: workspaceProcedure('pledges.read')
    .meta({ openapi: { method: 'GET', path: '/instalments/months', tags, summary: 'Expected and received by month' } })
    .input(monthsSchema)
    .output(monthsShownSchema)
    .query(({ ctx, input }) => listMonths(ctx.scope, input)),
  instalments: workspaceProcedure('pledges.read')
    .meta({ openapi: { method: 'GET', path: '/instalments', tags, summary: 'Expected payments by due date' } })
    .input(listInstalmentsSchema)
    .output(instalmentPageSchema)
    .query(({ ctx, input }) => listInstalments(ctx.scope, input)),
  create: workspaceProcedure('pledges.write')
    .meta({ openapi: { method: 'POST', path: '/pledges', tags, summary: 'A new pledge' } })
    .input(newPledgeSchema)
    .output(changedPledgeSchema)
    .mutation(({ ctx, input }) => createPledge(ctx.scope, input)),
  change: workspaceProcedure('pledges.write')
    .meta({ openapi: { method: 'PATCH', path: '/pledges/{id}', tags, summary: 'Fund, grace or note' } })
    .input(changePledgeSchema)
    .output(changedPledgeSchema)
    .mutation(({ ctx, input }) => changePledge(ctx.scope, input)),
  changeTerms: verb('terms', 'New terms from a date on')
    .input(changeTermsSchema)
    .mutation(({ ctx, input }) => changeTerms(ctx.scope, input)),
  pause: verb('pause', 'Skip what is due in a time')
    .input(pausePledgeSchema)
    .mutation(({ ctx, input }) => pausePledge(ctx.scope, input)),
  resume: verb('resume', 'Go on from the next due date')
    .input(resumePledgeSchema)
    .mutation(({ ctx, input }) => resumePledge(ctx.scope, input)),
  end: verb('end', 'Set or take away its last day')
    .input(endPledgeSchema)
    .mutation(({ ctx, input }) => endPledge(ctx.scope, input)),
  cancel: verb('cancel', 'Write off what is not yet due')
    .input(cancelPledgeSchema)
    .mutation(({ ctx, input }) => cancelPledge(ctx.scope, input)),
  complete: verb('complete', 'Declare it fulfilled')
    .input(pledgeVersionSchema)
    .mutation(({ ctx, input }) => completePledge(ctx.scope, input)),
  reopen: verb('reopen', 'Undo cancelling or completing')
    .input(pledgeVersionSchema)
    .mutation(({ ctx, input }) => reopenPledge(ctx.scope, input)),
})

function verb(name: string, summary: string) {
  return workspaceProcedure('pledges.write')
    .meta({ openapi: { method: 'POST', path: `/pledges/{id}/${name}`, tags, summary } })
    .output(changedPledgeSchema)
}
