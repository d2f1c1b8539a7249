'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTRPC } from '@/trpc/client'
import { ConfirmDialog } from '@/ui/confirm-dialog'
import { useToast } from '@/ui/toast'
import type { ShownMember } from './shown-member'
import { useRefreshMembers } from './use-members'

export function TransferDialog({ member, onClose }: { member: ShownMember; onClose: () => void }) {
  const t = useTranslations('members.transfer')
  const [toast, refresh] = [useToast(), useRefreshMembers()]
  const transfer = useMutation(useTRPC().members.transfer.mutationOptions())
  const { id, name } = member
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name })}
      description={t('description', { name })}
      confirm={t('confirm')}
      onConfirm={async () => {
        await transfer.mutateAsync({ id })
        toast.done(t('done', { name }))
        await refresh()
      }}
    />
  )
}
