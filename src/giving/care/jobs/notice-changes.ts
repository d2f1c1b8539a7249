import type { Deps } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import { onEvent } from '@/jobs/define'
import { noticeGifts } from '../notice-gifts'

/** At once after a change of the ledger: what is over ends, and what came is told. */
export const noticeChanges = onEvent<Deps, 'giving/changed'>(
  { id: 'notice-changes', event: 'giving/changed', concurrency: { limit: 1, key: 'event.data.workspaceId' } },
  async (deps, { event, step }) => {
    const { workspaceId, contactIds } = event.data
    return step.run('notice', () =>
      runAsJob(deps, workspaceId, 'notice-changes', (ctx) => noticeGifts(ctx, contactIds)),
    )
  },
)
