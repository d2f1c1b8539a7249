import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { truncate } from '@/kernel/text'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import type { MatchPage, ShownMatch } from '../schema'
import type { MatchRow, MatchState } from './match-view'

type Pages = InfiniteData<MatchPage, string | null>

/** Favourite, ignore, seen: shown at once, taken back when the server refuses, undone from the toast. */
export function useMatchActions() {
  const t = useTranslations('matches.done')
  const toast = useToast()
  const trpc = useTRPC()
  const client = useQueryClient()
  const listKey = trpc.matches.list.pathKey()

  /** Shows the new state everywhere; the rows of a list that no longer fit it go when it is read again. */
  async function show(ids: readonly string[], state: MatchState) {
    await client.cancelQueries({ queryKey: trpc.matches.pathKey() })
    const lists = client.getQueriesData<Pages>({ queryKey: listKey })
    const change = (row: MatchRow) => (ids.includes(row.id) ? { ...row, state } : row)
    client.setQueriesData<Pages>({ queryKey: listKey }, (data) => data && withRows(data, (rows) => rows.map(change)))
    const shown = ids
      .map((id) => trpc.matches.get.queryKey({ id }))
      .map((key) => [key, client.getQueryData(key)] as const)
    for (const [key] of shown) client.setQueryData(key, (one: ShownMatch | undefined) => one && { ...one, state })
    return {
      restore() {
        for (const [key, data] of lists) client.setQueryData(key, data)
        for (const [key, data] of shown) client.setQueryData(key, data)
      },
    }
  }

  const setting = useMutation(
    trpc.matches.setState.mutationOptions({
      onMutate: ({ ids, state }) => show(ids, state),
      onError: (_error, _input, shown) => shown?.restore(),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.matches.pathKey() }),
    }),
  )

  function set(rows: readonly MatchRow[], state: MatchState, told: boolean) {
    const changing = rows.filter((row) => row.state !== state)
    if (changing.length === 0) return
    const undo = () => {
      for (const [before, group] of Map.groupBy(changing, (row) => row.state)) {
        setting.mutate({ ids: group.map((row) => row.id), state: before })
      }
    }
    const [only] = changing
    const words =
      changing.length === 1 && only
        ? t(`${state}One`, { title: truncate(only.listing.title, 50) })
        : t(state, { count: changing.length })
    const onSuccess = () => {
      if (told) toast.done(words, { onUndo: undo })
    }
    setting.mutate({ ids: changing.map((row) => row.id), state }, { onSuccess })
  }

  return {
    favourite: (rows: readonly MatchRow[]) => set(rows, 'favourite', true),
    ignore: (rows: readonly MatchRow[]) => set(rows, 'ignored', true),
    markSeen: (rows: readonly MatchRow[]) => set(rows, 'seen', true),
    /** Opened, so no longer new: nothing to tell. */
    lookAt: (row: MatchRow) => row.state === 'new' && set([row], 'seen', false),
    toggleFavourite: (row: MatchRow) => set([row], row.state === 'favourite' ? 'seen' : 'favourite', true),
    toggleIgnored: (row: MatchRow) => set([row], row.state === 'ignored' ? 'seen' : 'ignored', true),
  }
}

function withRows(data: Pages, change: (rows: MatchRow[]) => MatchRow[]): Pages {
  return { ...data, pages: data.pages.map((page) => ({ ...page, matches: change(page.matches) })) }
}
