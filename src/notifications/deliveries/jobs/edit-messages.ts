import { onTriggers } from '@/jobs/define'
import type { OutboxDeps } from '../deliver-message'
import { editDeliveries } from '../edit-deliveries'

/** At once when something is resolved, and each minute for what had to wait. */
export const editMessages = onTriggers<OutboxDeps>(
  {
    id: 'edit-messages',
    triggers: [{ event: 'delivery/edit' }, { cron: '* * * * *' }],
    concurrency: { limit: 1 },
  },
  async (deps, { step }) => step.run('edit', () => editDeliveries(deps)),
)
