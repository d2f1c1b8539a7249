'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Controller } from 'react-hook-form'
import { useTRPC } from '@/trpc/client'
import { showServerErrors, useSchemaForm } from '@/trpc/client-form'
import { Button } from '@/ui/button'
import { CopyField } from '@/ui/copy-field'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { RadioGroup } from '@/ui/radio-group'
import type { Role } from '../../rules-permissions'
import { FormError } from '../../ui/form-error'
import { useRoleOptions } from './role-options'
import { useRefreshMembers } from './use-members'

const loadSchema = () => import('../schema').then(({ inviteFormSchema }) => inviteFormSchema)

type InviteProps = { own: Role; onClose: () => void }

/** Address and role, then the link: it is shown here alone. */
export function InviteDialog({ own, onClose }: InviteProps) {
  const [t, ui] = [useTranslations('members'), useTranslations('ui')]
  const { form, invite } = useInvite()
  const options = useRoleOptions(own)
  if (invite.data) return <Made {...invite.data} email={invite.variables?.email ?? null} onClose={onClose} />
  const { errors } = form.formState
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('invite.title')}
      onSubmit={form.handleSubmit((input) => invite.mutate(input))}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="primary" busy={invite.isPending}>
            {t('invite.submit')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <FormError error={errors.root?.server?.message} />
        <Field
          label={t('invite.email')}
          optional={t('invite.optional')}
          hint={t('invite.emailHint')}
          error={errors.email?.message}
        >
          <Input autoFocus type="email" autoComplete="off" {...form.register('email')} />
        </Field>
        <Controller
          control={form.control}
          name="role"
          render={({ field }) => (
            <RadioGroup label={t('invite.role')} options={options} value={field.value} onChange={field.onChange} />
          )}
        />
      </div>
    </Dialog>
  )
}

function useInvite() {
  const network = useTranslations('errors')('network')
  const [trpc, refresh] = [useTRPC(), useRefreshMembers()]
  const form = useSchemaForm(loadSchema, { email: '', role: 'staff' })
  const invite = useMutation(
    trpc.members.invite.mutationOptions({
      meta: { quiet: true },
      onError: (error) => showServerErrors(form, error, network),
      onSuccess: refresh,
    }),
  )
  return { form, invite }
}

type MadeProps = { url: string; mailed: boolean | null; email: string | null; onClose: () => void }

function Made({ url, mailed, email, onClose }: MadeProps) {
  const t = useTranslations('members.invite')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('done')}
      description={mailed ? t('mailed', { email: email ?? '' }) : mailed === false ? t('notMailed') : undefined}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('close')}
        </Button>
      }
    >
      <CopyField label={t('link')} value={url} hint={t('linkHint')} />
    </Dialog>
  )
}
