import type { Deps } from '@/accounts/context'
import { onCron } from '@/jobs/define'
import { nowOf } from '@/jobs/rules-tick'
import { remindTasks } from '../remind-tasks'

/** Each minute: tasks whose time of reminding has come. */
export const remindDue = onCron<Deps>(
  { id: 'remind-tasks', cron: '* * * * *', concurrency: { limit: 1 } },
  async (deps, { event, step }) => step.run('remind', () => remindTasks(deps, nowOf(event) ?? deps.clock())),
)
