'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'

const LONGEST = 120

/** What gifts are for: new ones, and those that nothing new is given for. */
export function FundsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('funds')
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const [name, setName] = useState('')
  const funds = useQuery(trpc.funds.list.queryOptions()).data ?? []
  const onSuccess = () => client.invalidateQueries({ queryKey: trpc.funds.pathKey() })
  const create = useMutation(
    trpc.funds.create.mutationOptions({
      meta: { quiet: true },
      onSuccess: () => {
        setName('')
        return onSuccess()
      },
    }),
  )
  const archive = useMutation(trpc.funds.archive.mutationOptions({ onSuccess }))
  const restore = useMutation(trpc.funds.restore.mutationOptions({ onSuccess }))
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={t('description')}
      onSubmit={(event) => {
        event.preventDefault()
        create.mutate({ name })
      }}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      <div className="flex items-end gap-2">
        <Field label={t('name')} error={create.error?.message} className="flex-1">
          <Input autoFocus value={name} maxLength={LONGEST} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Button type="submit" busy={create.isPending}>
          {t('add')}
        </Button>
      </div>
      <ul className="mt-3 divide-y divide-line">
        {funds.map((fund) => (
          <li key={fund.id} className="flex items-center justify-between gap-2 py-1.5">
            <span className={fund.archived ? 'text-ink-3' : undefined}>
              {fund.name}
              {fund.archived && ` · ${t('archived')}`}
            </span>
            <Button
              size="small"
              variant="ghost"
              aria-label={t(fund.archived ? 'restoreNamed' : 'archiveNamed', { name: fund.name })}
              onClick={() => (fund.archived ? restore : archive).mutate({ id: fund.id })}
            >
              {t(fund.archived ? 'restore' : 'archive')}
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
