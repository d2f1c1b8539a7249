'use client'

import { useTranslations } from 'next-intl'
import type { Option } from '@/ui/select'
import { ROLES, type Role } from '../../rules-permissions'
import { mayAppoint } from '../rules-roles'

/** The roles that `own` may give, each with what it may do. */
export function useRoleOptions(own: Role): readonly Option<Role>[] {
  const t = useTranslations('members.roles')
  return ROLES.filter((role) => mayAppoint(own, [role])).map((role) => ({
    value: role,
    label: t(`${role}.name`),
    hint: t(`${role}.can`),
  }))
}
