'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { useFind } from '@/trpc/client-find'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { Card } from '@/ui/card'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { StatusDot } from '@/ui/status-dot'
import { useToast } from '@/ui/toast'
import type { InstallationStatus } from '../schema'

const loadSchema = () => import('../schema').then(({ botTokenInput }) => botTokenInput)

type Bot = InstallationStatus['bot']

export function BotSettings({ bot }: { bot: Bot }) {
  const [t, words] = [useTranslations('channels.installation.bot'), useTranslations('channels.installation')]
  return (
    <Card title={t('title')} hint={t('hint')}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-0.5">
          <BotStatus bot={bot} />
          <p className="text-ink-3 text-meta">
            {t(bot.mode)} {bot.origin === 'settings' && words('stored')}
          </p>
        </div>
        {bot.origin === 'environment' ? <p className="text-ink-2">{words('fixed')}</p> : <TokenForm bot={bot} />}
      </div>
    </Card>
  )
}

function BotStatus({ bot }: { bot: Bot }) {
  const t = useTranslations('channels.installation.bot')
  const find = useFind()
  if (!bot.origin) return <StatusDot tone="neutral" shape="ring" label={t('none')} />
  if (bot.username) return <StatusDot tone="good" label={t('works', { username: bot.username })} />
  return (
    <>
      <StatusDot tone="bad" shape="triangle" label={t('problem')} />
      {bot.problem && <p className="text-ink-2">{find(`errors.${bot.problem}`)}</p>}
    </>
  )
}

function TokenForm({ bot }: { bot: Bot }) {
  const t = useTranslations('channels.installation.bot')
  const network = useTranslations('errors')('network')
  const [trpc, queries, toast] = [useTRPC(), useQueryClient(), useToast()]
  const form = useSchemaForm(loadSchema, { token: '' })
  const { errors } = form.formState
  const refresh = () => queries.invalidateQueries(trpc.installation.status.queryFilter())
  const save = useMutation(
    trpc.installation.setBotToken.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess({ username }) {
        toast.done(t('saved', { username }))
        form.reset()
        return refresh()
      },
    }),
  )
  const remove = useMutation(trpc.installation.remove.mutationOptions({ onSuccess: refresh }))
  return (
    <form
      noValidate
      onSubmit={form.handleSubmit((input) => save.mutate(input))}
      className="flex max-w-md flex-col gap-3"
    >
      <Field
        label={bot.origin ? t('replace') : t('token')}
        error={errors.token?.message ?? errors.root?.server?.message}
      >
        <Input type="password" autoComplete="off" spellCheck={false} {...form.register('token')} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={save.isPending}>
          {t('save')}
        </Button>
        {bot.origin === 'settings' && (
          <ConfirmDialog
            title={t('removeTitle')}
            description={t('removeText')}
            confirm={t('remove')}
            onConfirm={() => remove.mutateAsync({ what: 'bot' }).then(() => toast.done(t('removed')))}
            trigger={<Button>{t('remove')}</Button>}
          />
        )}
      </div>
    </form>
  )
}
