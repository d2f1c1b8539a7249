'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useTRPC } from '@/trpc/client'
import type { CareRow } from '../../care/schema'
import type { PatchRow } from '../../care/ui/use-care-actions'
import type { ShownToday, TodayInput } from '../schema'

/** The page's figures and rows, kept as they are on the server. */
export function useTodayData(whose: TodayInput['whose']) {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const refresh = () => void queries.invalidateQueries(trpc.today.pathFilter())
  useSubscription(trpc.care.changes.subscriptionOptions(undefined, { onData: refresh }))
  return useQuery(trpc.today.get.queryOptions({ whose }))
}

/** Changes a row of the page before the server has; what goes is no longer counted. */
export function usePatchToday(whose: TodayInput['whose']): PatchRow {
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const { queryKey } = trpc.today.get.queryOptions({ whose })
  return (row, change) => {
    const before = queries.getQueryData(queryKey)
    queries.setQueryData(queryKey, (now) => now && withRow(now, row, change))
    return () => queries.setQueryData(queryKey, before)
  }
}

type List = ShownToday['late']

function withRow(data: ShownToday, row: CareRow, change: Partial<CareRow> | null): ShownToday {
  const { late, risk, thanks } = data
  if (change === null) return { ...data, thanks: without(thanks, row) }
  const changed = (list: List) => ({
    ...list,
    rows: list.rows.map((one) => (one.contactId === row.contactId ? { ...one, ...change } : one)),
  })
  return { ...data, late: changed(late), risk: changed(risk), thanks: changed(thanks) }
}

function without({ rows, total }: List, { contactId }: CareRow): List {
  return { rows: rows.filter((one) => one.contactId !== contactId), total: Math.max(0, total - 1) }
}
