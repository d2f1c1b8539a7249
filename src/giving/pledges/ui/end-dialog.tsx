'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { useToday } from '../../gifts/ui/use-today'
import type { ShownPledge } from '../schema'
import { PledgeDialog } from './pledge-dialog'
import { DayInput, useFieldError } from './promise-fields'
import { usePledgeChange } from './use-pledge-change'

/** Its last day; empty takes the end away. */
export function EndDialog({ pledge, onClose }: { pledge: ShownPledge; onClose: () => void }) {
  const t = useTranslations('pledges')
  const today = useToday()
  const [endOn, setEndOn] = useState(pledge.endOn ?? today)
  const { errors, options } = usePledgeChange('ended', onClose)
  const errorOf = useFieldError(errors)
  const end = useMutation(useTRPC().pledges.end.mutationOptions(options))
  const { id, version } = pledge
  return (
    <PledgeDialog
      title={t('end.title')}
      description={t('end.description')}
      confirm={t('form.save')}
      busy={end.isPending}
      failure={errors.form}
      onSave={() => end.mutate({ id, version, endOn: endOn || null })}
      onClose={onClose}
    >
      <DayInput optional label={t('form.endOn')} value={endOn} error={errorOf('endOn')} onChange={setEndOn} />
    </PledgeDialog>
  )
}
