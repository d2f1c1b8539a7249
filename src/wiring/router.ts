import { membersRouter } from '@/accounts/members/router'
import { accountsRouter } from '@/accounts/router'
import { listingsRouter } from '@/bargains/listings/router'
import { matchesRouter } from '@/bargains/matches/router'
import { sourcesRouter } from '@/bargains/searches/router'
import { watchesRouter } from '@/bargains/watches/router'
import { careRouter } from '@/giving/care/router'
import { contactsRouter } from '@/giving/contacts/router'
import { fundsRouter } from '@/giving/funds/router'
import { giftsRouter } from '@/giving/gifts/router'
import { groupsRouter } from '@/giving/groups/router'
import { importsRouter } from '@/giving/imports/router'
import { pledgesRouter } from '@/giving/pledges/router'
import { tasksRouter } from '@/giving/tasks/router'
import { todayRouter } from '@/giving/today/router'
import { touchesRouter } from '@/giving/touches/router'
import { viewsRouter } from '@/giving/views/router'
import { jobsRouter } from '@/jobs/router'
import { channelsRouter } from '@/notifications/channels/router'
import { deliveriesRouter } from '@/notifications/deliveries/router'
import { installationRouter } from '@/notifications/installation/router'
import { router } from '@/trpc/init'

/** Every procedure: tRPC serves all of them, REST those with an `openapi` path. */
export const appRouter = router({
  accounts: accountsRouter,
  members: membersRouter,
  channels: channelsRouter,
  deliveries: deliveriesRouter,
  installation: installationRouter,
  jobs: jobsRouter,
  watches: watchesRouter,
  matches: matchesRouter,
  listings: listingsRouter,
  sources: sourcesRouter,
  contacts: contactsRouter,
  groups: groupsRouter,
  views: viewsRouter,
  funds: fundsRouter,
  gifts: giftsRouter,
  pledges: pledgesRouter,
  imports: importsRouter,
  tasks: tasksRouter,
  touches: touchesRouter,
  care: careRouter,
  today: todayRouter,
})

export type AppRouter = typeof appRouter
