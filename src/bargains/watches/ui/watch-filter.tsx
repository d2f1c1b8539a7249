'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { LinkButton } from '@/ui/link-button'
import { useToast } from '@/ui/toast'
import type { ShownWatch } from '../schema'
import { FilterFields } from './filter-fields'
import { FilterTree } from './filter-tree'
import { SearchLines } from './search-lines'
import { SearchWays } from './search-ways'
import { useSearchWords } from './use-search-words'
import type { WatchFormOutput } from './watch-form-schema'
import { filledWatch, loadWatchForm } from './watch-form-values'

/** What a watch asks: its searches, and what of them counts. */
export function WatchFilter({ watch, canWrite }: { watch: ShownWatch; canWrite: boolean }) {
  const t = useTranslations('watches.filter')
  const says = useSearchWords()
  const ways = useQuery(useTRPC().watches.ways.queryOptions({ id: watch.id }))
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={t('title')} hint={t('hint')}>
        {canWrite && watch.form ? <FilterForm watch={watch} /> : <FilterTree filter={watch.filter} />}
      </Card>
      <Card
        title={t('searches')}
        actions={
          canWrite && (
            <LinkButton size="small" href={`/watches/${watch.id}/edit`}>
              {t('editAll')}
            </LinkButton>
          )
        }
      >
        <SearchLines
          searches={watch.searches}
          more={(search) => {
            const of = ways.data?.find(({ searchId }) => searchId === search.id)
            return of && <SearchWays watchId={watch.id} name={says(search.says)} search={of} canWrite={canWrite} />
          }}
        />
      </Card>
    </div>
  )
}

function FilterForm({ watch }: { watch: ShownWatch }) {
  const t = useTranslations('watches.filter')
  const network = useTranslations('errors')('network')
  const [toast, trpc, client, locale] = [useToast(), useTRPC(), useQueryClient(), useLocale()]
  const form = useSchemaForm(loadWatchForm, filledWatch(watch, locale))
  const { formState } = form
  const save = useMutation(
    trpc.watches.update.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: () => {
        toast.done(t('saved'), { description: t('savedWhat') })
        form.reset(form.getValues())
        client.invalidateQueries({ queryKey: trpc.watches.pathKey() })
        client.invalidateQueries({ queryKey: trpc.matches.pathKey() })
      },
    }),
  )
  const send = ({ form: filter, dropPercent }: WatchFormOutput) =>
    save.mutate({ id: watch.id, form: filter, dropPercent })
  const failure = formState.errors.root?.server?.message
  return (
    <form noValidate onSubmit={form.handleSubmit(send)} className="flex flex-col gap-4">
      <FilterFields form={form} />
      {failure && (
        <p role="alert" className="text-bad-ink text-table">
          {failure}
        </p>
      )}
      <Button
        type="submit"
        variant="primary"
        busy={save.isPending}
        disabled={!formState.isDirty}
        className="self-start"
      >
        {t('save')}
      </Button>
    </form>
  )
}
