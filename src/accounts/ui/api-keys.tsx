'use client'

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { DateTime } from '@/ui/date-time'
import { EmptyState } from '@/ui/empty-state'
import { NewApiKey } from './new-api-key'

export function ApiKeys() {
  const t = useTranslations('accounts.keys')
  const { data: keys } = useSuspenseQuery(useTRPC().accounts.tokens.queryOptions())
  return (
    <div className="flex flex-col gap-4">
      <NewApiKey />
      {keys.length === 0 ? (
        <EmptyState icon={<KeyRound aria-hidden />} title={t('empty')} description={t('emptyHint')} />
      ) : (
        <ul className="divide-y divide-line">
          {keys.map((key) => (
            <ApiKey key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
    </div>
  )
}

type Key = {
  id: string
  name: string
  prefix: string
  owner: string
  only: readonly string[] | null
  createdAt: Date
  lastUsedAt: Date | null
}

function ApiKey({ apiKey }: { apiKey: Key }) {
  const t = useTranslations('accounts.keys')
  const [trpc, queries] = [useTRPC(), useQueryClient()]
  const revoke = useMutation(
    trpc.accounts.revokeToken.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.accounts.tokens.queryFilter()),
    }),
  )
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <div className="min-w-0">
        <p className="break-words font-medium">{apiKey.name}</p>
        <p className="text-ink-3 text-meta">
          <code>{apiKey.prefix}…</code> · {apiKey.owner} · {apiKey.only && `${t('pushOnly')} · `} {t('made')}{' '}
          <DateTime value={apiKey.createdAt} show="date" /> ·{' '}
          {apiKey.lastUsedAt ? (
            <>
              {t('used')} <DateTime value={apiKey.lastUsedAt} />
            </>
          ) : (
            t('neverUsed')
          )}
        </p>
      </div>
      <ConfirmDialog
        title={t('revokeTitle', { name: apiKey.name })}
        description={t('revokeDescription')}
        confirm={t('revoke')}
        onConfirm={async () => void (await revoke.mutateAsync({ id: apiKey.id }))}
        trigger={<Button size="small">{t('revoke')}</Button>}
      />
    </li>
  )
}
