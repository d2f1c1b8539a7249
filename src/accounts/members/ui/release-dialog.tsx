'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Select } from '@/ui/select'
import { useToast } from '@/ui/toast'
import type { ShownMember } from './shown-member'
import { useRefreshMembers } from './use-members'

type ReleaseProps = { member: ShownMember; members: readonly ShownMember[]; workspace: string; onClose: () => void }

/** Removing another, or leaving oneself: somebody gets what they looked after. */
export function ReleaseDialog({ member, members, workspace, onClose }: ReleaseProps) {
  const [t, ui] = [useTranslations('members'), useTranslations('ui')]
  const words = member.own ? ('leave' as const) : ('remove' as const)
  const heirs = members.filter(({ id }) => id !== member.id)
  const [heirId, setHeirId] = useState(heirs.find(({ own }) => own)?.id ?? heirs[0]?.id ?? null)
  const release = useRelease(member, heirs.find(({ id }) => id === heirId)?.name ?? '', onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`${words}.title`, { name: member.name, workspace })}
      description={heirs.length > 0 ? t(`${words}.description`, { name: member.name }) : t('leave.alone')}
      onSubmit={(event) => {
        event.preventDefault()
        if (heirId) release.go(heirId)
      }}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="danger" busy={release.busy} disabled={heirId === null}>
            {t(`${words}.confirm`)}
          </Button>
        </>
      }
    >
      {heirs.length > 0 && (
        <Field label={t('heir')} hint={t('heirHint')}>
          <Select
            options={heirs.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            value={heirId}
            onChange={setHeirId}
          />
        </Field>
      )}
    </Dialog>
  )
}

function useRelease(member: ShownMember, heir: string, onClose: () => void) {
  const t = useTranslations('members')
  const [trpc, toast, refresh] = [useTRPC(), useToast(), useRefreshMembers()]
  const remove = useMutation(
    trpc.members.remove.mutationOptions({
      onSuccess({ contacts = 0, tasks = 0 }) {
        const description = t('handed', { contacts, tasks, heir })
        toast.done(t('remove.done', { name: member.name }), { description })
        onClose()
        return refresh()
      },
    }),
  )
  // A whole load: nothing of the workspace that was left stays in memory.
  const leave = useMutation(trpc.members.leave.mutationOptions({ onSuccess: () => window.location.assign('/') }))
  return {
    busy: remove.isPending || leave.isPending,
    go: (heirId: string) => (member.own ? leave.mutate({ heirId }) : remove.mutate({ id: member.id, heirId })),
  }
}
