'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Checkbox } from '@/ui/checkbox'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { GROUP_COLOURS } from '../rules'
import type { ShownGroup } from '../schema'

const LONGEST = 60

/** A new group, or another name and colour of one that is there. */
export function GroupDialog({ group, onClose }: { group: ShownGroup | null; onClose: () => void }) {
  const t = useTranslations('groups')
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const [name, setName] = useState(group?.name ?? '')
  const [colour, setColour] = useState(group?.colour ?? 'sage')
  const [personal, setPersonal] = useState(false)
  const after = {
    meta: { quiet: true },
    onSuccess: () => {
      client.invalidateQueries({ queryKey: trpc.groups.pathKey() })
      client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
      onClose()
    },
  }
  const creating = useMutation(trpc.groups.create.mutationOptions(after))
  const updating = useMutation(trpc.groups.update.mutationOptions(after))
  const failure = (creating.error ?? updating.error)?.message
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={group ? t('editTitle') : t('newTitle')}
      onSubmit={(event) => {
        event.preventDefault()
        if (group) updating.mutate({ id: group.id, name, colour })
        else creating.mutate({ name, colour, personal })
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={creating.isPending || updating.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Field label={t('name')} error={failure}>
          <Input
            required
            autoFocus
            value={name}
            maxLength={LONGEST}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label={t('colour')}>
          <Select
            value={colour}
            onChange={setColour}
            options={GROUP_COLOURS.map((value) => ({ value, label: t(`colours.${value}`) }))}
          />
        </Field>
        {!group && (
          <Field label={t('personal')} inline>
            <Checkbox checked={personal} onChange={setPersonal} />
          </Field>
        )}
      </div>
    </Dialog>
  )
}
