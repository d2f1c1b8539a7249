'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Checkbox } from '@/ui/checkbox'
import { Field } from '@/ui/field'
import type { ShownPledge } from '../schema'
import { PledgeDialog } from './pledge-dialog'
import { usePledgeChange } from './use-pledge-change'

/** Writes off what is not yet due; what is overdue only if that is said. */
export function CancelDialog({ pledge, onClose }: { pledge: ShownPledge; onClose: () => void }) {
  const t = useTranslations('pledges')
  const [writeOffOverdue, setWriteOffOverdue] = useState(false)
  const { errors, options } = usePledgeChange('cancelled', onClose)
  const cancel = useMutation(useTRPC().pledges.cancel.mutationOptions(options))
  const { id, version } = pledge
  return (
    <PledgeDialog
      title={t('cancel.title')}
      description={t('cancel.description')}
      confirm={t('action.cancel')}
      busy={cancel.isPending}
      failure={errors.form}
      onSave={() => cancel.mutate({ id, version, writeOffOverdue })}
      onClose={onClose}
    >
      <Field inline label={t('cancel.overdue')}>
        <Checkbox checked={writeOffOverdue} onChange={setWriteOffOverdue} />
      </Field>
    </PledgeDialog>
  )
}
