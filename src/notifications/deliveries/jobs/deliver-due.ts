import { onEvent } from '@/jobs/define'
import type { ChannelKind } from '../../channels/table'
import type { OutboxDeps } from '../deliver-message'
import { drainLane } from '../drain-lane'

/** Sends what is due in one lane. One run a lane: its runs would only wait for each other's chats. */
export const deliverDue = onEvent<OutboxDeps, 'delivery/due'>(
  { id: 'deliver-due', event: 'delivery/due', concurrency: { limit: 1, key: 'event.data.lane' } },
  async (deps, { event, step }) => {
    const { workspaceId, kind, lane } = event.data
    // Only `recordSignal` and the sweep send this event, with a kind read from the table.
    const done = await step.run('drain', () => drainLane(deps, { workspaceId, kind: kind as ChannelKind }))
    if (done.more) await step.sendEvent('go on', { name: 'delivery/due', data: { workspaceId, kind, lane } })
    return done
  },
)
