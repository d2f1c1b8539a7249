import { useTranslations } from 'next-intl'
import { Card } from '@/ui/card'
import { ROLES } from '../../rules-permissions'

/** What each role may do, in plain words. */
export function RoleWords() {
  const t = useTranslations('members')
  return (
    <Card title={t('rolesTitle')}>
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-[auto_1fr]">
        {ROLES.map((role) => (
          <div key={role} className="contents">
            <dt className="font-medium">{t(`roles.${role}.name`)}</dt>
            <dd className="text-ink-2 max-sm:-mt-2">{t(`roles.${role}.can`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
