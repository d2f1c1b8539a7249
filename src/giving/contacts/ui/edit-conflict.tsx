import { useFormatter, useTranslations } from 'next-intl'
import { Button } from '@/ui/button'
import type { ShownContact } from '../schema'

type ConflictProps = { before: ShownContact; after: ShownContact; onSave: () => void }

const WORDS = {
  firstName: 'firstName',
  lastName: 'lastName',
  name: 'name',
  salutation: 'salutation',
  notes: 'notes',
  status: 'status',
  ownerId: 'owner',
  birthday: 'birthday',
  language: 'language',
  deceasedOn: 'deceasedOn',
  doNotContact: 'doNotContact',
  household: 'household',
  groups: 'groups',
} as const

/** Tells the second of two people what the first one changed, and lets their own changes be added. */
export function EditConflict({ before, after, onSave }: ConflictProps) {
  const t = useTranslations('contacts')
  const format = useFormatter()
  const same = (key: keyof ShownContact) => JSON.stringify(before[key]) === JSON.stringify(after[key])
  const keys = Object.keys(WORDS) as (keyof typeof WORDS)[]
  const changed = [
    ...keys.filter((key) => !same(key)).map((key) => t(`form.${WORDS[key]}`)),
    ...(same('points') ? [] : [t('part.contact')]),
    ...(same('custom') ? [] : [t('fields.title')]),
  ]
  return (
    <div className="flex flex-col items-start gap-2 rounded-control bg-warn-fill px-3 py-2 text-table text-warn-ink">
      <p>{t('form.conflict', { fields: format.list(changed) })}</p>
      <Button size="small" onClick={onSave}>
        {t('form.saveOver')}
      </Button>
    </div>
  )
}
