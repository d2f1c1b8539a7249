import { may } from '@/accounts/rules-permissions'
import { WorkspaceForm } from '@/accounts/ui/workspace-form'
import { chooseLocale } from '@/i18n/locales'
import { requireMember } from '../../../shell-data'

export default async function WorkspacePage() {
  const { workspace } = await requireMember()
  const { name, currency, timeZone, fiscalYearStart, bargains, giving, role } = workspace
  const locale = chooseLocale({ profile: workspace.locale })
  const values = { name, currency, timeZone, locale, fiscalYearStart, bargains, giving }
  return <WorkspaceForm workspace={values} readOnly={!may(role, 'workspace.manage')} />
}
