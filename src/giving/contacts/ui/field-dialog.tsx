'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '@/trpc/client'
import { Button } from '@/ui/button'
import { Dialog } from '@/ui/dialog'
import { Field } from '@/ui/field'
import { Input } from '@/ui/input'
import { Select } from '@/ui/select'
import { TagInput } from '@/ui/tag-input'
import { CUSTOM_KINDS, type CustomKind } from '../rules'
import type { ShownField } from '../schema'

const LONGEST = 60

/** A new field, or another name or other choices of one that is there: its kind stays. */
export function FieldDialog({ field, onClose }: { field: ShownField | null; onClose: () => void }) {
  const t = useTranslations('contacts.fields')
  const [trpc, client] = [useTRPC(), useQueryClient()]
  const [name, setName] = useState(field?.name ?? '')
  const [kind, setKind] = useState<CustomKind>(field?.kind ?? 'text')
  const [choices, setChoices] = useState<string[]>([...(field?.choices ?? [])])
  const after = {
    meta: { quiet: true },
    onSuccess: () => {
      client.invalidateQueries({ queryKey: trpc.contacts.pathKey() })
      onClose()
    },
  }
  const creating = useMutation(trpc.contacts.createField.mutationOptions(after))
  const updating = useMutation(trpc.contacts.updateField.mutationOptions(after))
  const failure = (creating.error ?? updating.error)?.message
  function save() {
    if (field) updating.mutate({ id: field.id, name, ...(kind === 'choice' && { choices }) })
    else creating.mutate({ name, kind, choices: kind === 'choice' ? choices : [] })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={field ? t('editTitle') : t('add')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
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
        {!field && (
          <Field label={t('kind')}>
            <Select
              value={kind}
              onChange={setKind}
              options={CUSTOM_KINDS.map((value) => ({ value, label: t(value) }))}
            />
          </Field>
        )}
        {kind === 'choice' && (
          <Field label={t('choices')} hint={t('choicesHint')}>
            <TagInput value={choices} onChange={setChoices} />
          </Field>
        )}
      </div>
    </Dialog>
  )
}
