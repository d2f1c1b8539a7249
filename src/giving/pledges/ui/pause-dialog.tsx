'use client'

import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { useToday } from '../../gifts/ui/use-today'
import type { ShownPledge } from '../schema'
import { PledgeDialog } from './pledge-dialog'
import { DayInput, useFieldError } from './promise-fields'
import { usePledgeChange } from './use-pledge-change'

const LONGEST = 500

/** Agreed silence: what is due in it is skipped. */
export function PauseDialog({ pledge, onClose }: { pledge: ShownPledge; onClose: () => void }) {
  const t = useTranslations('pledges')
  const [fromOn, setFromOn] = useState(useToday())
  const [untilOn, setUntilOn] = useState('')
  const [reason, setReason] = useState('')
  const { errors, options } = usePledgeChange('paused', onClose)
  const errorOf = useFieldError(errors)
  const pause = useMutation(useTRPC().pledges.pause.mutationOptions(options))
  const { id, version } = pledge
  return (
    <PledgeDialog
      title={t('pause.title')}
      description={t('pause.description')}
      confirm={t('action.pause')}
      busy={pause.isPending}
      failure={errors.form}
      onSave={() => pause.mutate({ id, version, fromOn, untilOn: untilOn || null, reason })}
      onClose={onClose}
    >
      <DayInput label={t('pause.fromOn')} value={fromOn} error={errorOf('fromOn')} onChange={setFromOn} />
      <DayInput
        optional
        label={t('pause.untilOn')}
        hint={t('pause.untilHint')}
        value={untilOn}
        error={errorOf('untilOn')}
        onChange={setUntilOn}
      />
      <Field label={t('pause.reason')}>
        <Input value={reason} maxLength={LONGEST} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </PledgeDialog>
  )
}
