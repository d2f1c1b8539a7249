'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { late } from '@/ui/late'
import { useToast } from '@/ui/toast'
import { WatchForm } from './watch-form'
import { emptyWatch, loadWatchForm } from './watch-form-values'

const NewWatchFields = late(() => import('./new-watch-fields').then((module) => module.NewWatchFields))

/** Paste, look, save. `link` comes with a shared or bookmarked address. */
export function NewWatch({ memberId, link }: { memberId: string; link: string }) {
  const t = useTranslations('watches.form')
  const network = useTranslations('errors')('network')
  const [toast, router, trpc, client] = [useToast(), useRouter(), useTRPC(), useQueryClient()]
  // The page brings them along, so they are there at the first drawing, when the form takes its defaults.
  const channels = useQuery(trpc.channels.list.queryOptions())
  const own = channels.data?.filter((one) => one.memberId === memberId && !one.offReason).map((one) => one.id)
  const form = useSchemaForm(loadWatchForm, { ...emptyWatch(own ?? []), text: link })
  const create = useMutation(
    trpc.watches.create.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: ({ id }, { name }) => {
        toast.done(t('saved', { name }), { description: t('savedWhat') })
        client.invalidateQueries({ queryKey: trpc.watches.pathKey() })
        router.push(`/watches/${id}`)
      },
    }),
  )
  return (
    <WatchForm fresh form={form} onSave={(values) => create.mutate(values)}>
      {(found) =>
        form.watch('text').trim() !== '' && (
          <NewWatchFields form={form} found={found} busy={create.isPending || create.isSuccess} />
        )
      }
    </WatchForm>
  )
}
