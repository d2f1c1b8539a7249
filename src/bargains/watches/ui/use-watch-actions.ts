import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { truncate } from '@/kernel/text'
import { useTRPC } from '@/trpc/client'
import { useToast } from '@/ui/toast'
import type { WatchView } from './watch-view'

/** Pause, resume, rename and delete: shown at once, taken back when the server refuses, undone from the toast. */
export function useWatchActions() {
  const t = useTranslations('watches.done')
  const toast = useToast()
  const trpc = useTRPC()
  const { change, remove, refresh } = useShownWatches()
  const pausing = useMutation(
    trpc.watches.pause.mutationOptions({
      onMutate: ({ id }) => change(id, { pausedAt: new Date().toISOString() }),
      onError: (_error, _input, shown) => shown?.restore(),
      onSettled: refresh,
    }),
  )
  const resuming = useMutation(
    trpc.watches.resume.mutationOptions({
      onMutate: ({ id }) => change(id, { pausedAt: null }),
      onError: (_error, _input, shown) => shown?.restore(),
      onSettled: refresh,
    }),
  )
  const renaming = useMutation(
    trpc.watches.update.mutationOptions({
      onMutate: ({ id, name }) => change(id, name === undefined ? {} : { name }),
      onError: (_error, _input, shown) => shown?.restore(),
      onSettled: refresh,
    }),
  )
  const deleting = useMutation(
    trpc.watches.delete.mutationOptions({
      onMutate: ({ id }) => remove(id),
      onError: (_error, _input, shown) => shown?.restore(),
      onSettled: refresh,
    }),
  )
  const restoring = useMutation(trpc.watches.restore.mutationOptions({ onSettled: refresh }))

  type Named = Pick<WatchView, 'id' | 'name'>
  return {
    pause({ id, name }: Named) {
      const onUndo = () => resuming.mutate({ id })
      pausing.mutate({ id }, { onSuccess: () => toast.done(t('paused', { name: short(name) }), { onUndo }) })
    },
    resume({ id, name }: Named) {
      const onUndo = () => pausing.mutate({ id })
      resuming.mutate({ id }, { onSuccess: () => toast.done(t('resumed', { name: short(name) }), { onUndo }) })
    },
    rename({ id, name }: Named, next: string) {
      if (next === name) return
      const onUndo = () => renaming.mutate({ id, name })
      renaming.mutate(
        { id, name: next },
        { onSuccess: () => toast.done(t('renamed', { name: short(next) }), { onUndo }) },
      )
    },
    remove({ id, name }: Named) {
      const onUndo = () => restoring.mutate({ id })
      deleting.mutate({ id }, { onSuccess: () => toast.done(t('deleted', { name: short(name) }), { onUndo }) })
    },
  }
}

/** A toast names a watch, it does not recite it. */
export function short(name: string): string {
  return truncate(name, 50)
}

/** What the page shows of watches, changed before the server has answered. `restore` puts it back. */
function useShownWatches() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const listKey = trpc.watches.list.queryKey()

  async function begin(id: string) {
    const oneKey = trpc.watches.get.queryKey({ id })
    await client.cancelQueries({ queryKey: listKey })
    await client.cancelQueries({ queryKey: oneKey })
    const [list, one] = [client.getQueryData(listKey), client.getQueryData(oneKey)]
    return {
      oneKey,
      restore() {
        client.setQueryData(listKey, list)
        client.setQueryData(oneKey, one)
      },
    }
  }

  return {
    async change(id: string, part: { name?: string; pausedAt?: string | null }) {
      const { oneKey, restore } = await begin(id)
      client.setQueryData(listKey, (rows) => rows?.map((row) => (row.id === id ? { ...row, ...part } : row)))
      client.setQueryData(oneKey, (row) => row && { ...row, ...part })
      return { restore }
    },
    async remove(id: string) {
      const { restore } = await begin(id)
      client.setQueryData(listKey, (rows) => rows?.filter((row) => row.id !== id))
      return { restore }
    },
    refresh: () => client.invalidateQueries({ queryKey: trpc.watches.pathKey() }),
  }
}
