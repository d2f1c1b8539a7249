'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { RadioGroup } from '@/ui/radio-group'
import { useToast } from '@/ui/toast'
import type { Role } from '../../rules-permissions'
import { useRoleOptions } from './role-options'
import type { ShownMember } from './shown-member'
import { useRefreshMembers } from './use-members'

type RoleDialogProps = { member: ShownMember; own: Role; onClose: () => void }

export function RoleDialog({ member, own, onClose }: RoleDialogProps) {
  const [t, ui] = [useTranslations('members'), useTranslations('ui')]
  const [toast, refresh] = [useToast(), useRefreshMembers()]
  const [role, setRole] = useState(member.role)
  const save = useMutation(
    useTRPC().members.changeRole.mutationOptions({
      onSuccess() {
        toast.done(t('roleDone', { name: member.name, role: t(`roles.${role}.name`) }))
        onClose()
        return refresh()
      },
    }),
  )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('roleOf', { name: member.name })}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ id: member.id, role })
      }}
      footer={
        <>
          <Button onClick={onClose}>{ui('cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.isPending}>
            {t('menu.role')}
          </Button>
        </>
      }
    >
      <RadioGroup label={t('role')} options={useRoleOptions(own)} value={role} onChange={setRole} />
    </Dialog>
  )
}
