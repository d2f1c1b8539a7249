'use client'

import { UserPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/ui/button'
import { late } from '@/ui/late'
import type { Role } from '../../rules-permissions'

const InviteDialog = late(() => import('./invite-dialog').then((module) => module.InviteDialog))

export function InviteMember({ own }: { own: Role }) {
  const t = useTranslations('members.invite')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="primary" icon={<UserPlus aria-hidden />} onClick={() => setOpen(true)}>
        {t('button')}
      </Button>
      {open && <InviteDialog own={own} onClose={() => setOpen(false)} />}
    </>
  )
}
