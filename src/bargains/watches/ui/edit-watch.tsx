'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { ErrorState } from '@/ui/error-state'
import { Skeleton } from '@/ui/skeleton'
import { useToast } from '@/ui/toast'
import type { ShownWatch } from '../schema'
import { WatchFields } from './watch-fields'
import { WatchForm } from './watch-form'
import type { WatchFormOutput } from './watch-form-schema'
import { filledWatch, loadWatchForm } from './watch-form-values'

export function EditWatch({ id }: { id: string }) {
  const trpc = useTRPC()
  const watch = useQuery(trpc.watches.get.queryOptions({ id }))
  if (watch.isPending) return <Skeleton className="h-60 w-full max-w-180" />
  if (!watch.data) return <ErrorState onRetry={() => watch.refetch()} />
  return <EditForm watch={watch.data} />
}

function EditForm({ watch }: { watch: ShownWatch }) {
  const t = useTranslations('watches.form')
  const network = useTranslations('errors')('network')
  const [toast, router, trpc, client, locale] = [useToast(), useRouter(), useTRPC(), useQueryClient(), useLocale()]
  const form = useSchemaForm(loadWatchForm, filledWatch(watch, locale))
  const change = useMutation(
    trpc.watches.update.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: () => {
        toast.done(t('changed'))
        client.invalidateQueries({ queryKey: trpc.watches.pathKey() })
        client.invalidateQueries({ queryKey: trpc.matches.pathKey() })
        router.push(`/watches/${watch.id}`)
      },
    }),
  )
  const customFilter = watch.form === null
  function save({ form: filter, ...values }: WatchFormOutput) {
    change.mutate({ id: watch.id, ...values, ...(customFilter ? {} : { form: filter }) })
  }
  return (
    <WatchForm fresh={false} form={form} onSave={save}>
      {() => <WatchFields form={form} busy={change.isPending} save={t('saveChanges')} customFilter={customFilter} />}
    </WatchForm>
  )
}
