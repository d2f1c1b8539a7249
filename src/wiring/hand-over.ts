import type { Ctx } from '@/accounts/context'
import type { HandOver } from '@/accounts/members/member-seams'
import { handOverWatches } from '@/bargains/watches/hand-over-watches'
import { handOverContacts } from '@/giving/contacts/hand-over-contacts'
import { handOverGroups } from '@/giving/groups/hand-over-groups'
import { handOverTasks } from '@/giving/tasks/hand-over-tasks'
import { handOverViews } from '@/giving/views/hand-over-views'

type HandOverRows = (ctx: Ctx, fromId: string, toId: string) => Promise<number>

/** What goes to another member when one goes; each room gives its own verb. */
const KINDS: Readonly<Record<string, HandOverRows>> = {
  contacts: handOverContacts,
  tasks: handOverTasks,
  groups: handOverGroups,
  views: handOverViews,
  watches: handOverWatches,
}

export const handOverAll: HandOver = async (ctx, fromId, toId) => {
  const counts: [string, number][] = []
  for (const [kind, handOver] of Object.entries(KINDS)) counts.push([kind, await handOver(ctx, fromId, toId)])
  return Object.fromEntries(counts)
}
