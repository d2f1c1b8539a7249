import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { may } from '@/accounts/rules-permissions'
import { Shell } from '@/ui/shell'
import type { ShellEntry } from '@/ui/shell-types'
import { creations, entriesFor, navigation } from '../navigation'
import { chooseLanguage, findRecords, signOut, switchWorkspace } from '../shell-actions'
import { loadShellData, requireMember } from '../shell-data'

/** The frame of every page that needs a member. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const data = await loadShellData()
  const t = await getTranslations('shell')
  const { caller } = await requireMember()
  const shown = entriesFor(navigation, data.halves).filter((page) => !page.administrator || caller.user.administrator)
  const entries: ShellEntry[] = shown.map(({ id, href, icon: Icon, key, half, lead, phone = null, also = [] }) => ({
    id,
    href,
    key,
    phone,
    also,
    label: t(`pages.${id}`),
    icon: <Icon aria-hidden />,
    section: lead ? '' : half && t(`sections.${half}`),
    count: data.counts[id] ?? 0,
  }))
  const mayMake = entriesFor(creations, data.halves).filter(({ permission }) => may(data.user.role, permission))
  const makes = mayMake.map(({ id, href, on }) => ({ href, on, label: t(`create.${id}`) }))
  return (
    <Shell
      data={data}
      entries={entries}
      creations={makes}
      actions={{ chooseLanguage, signOut, switchWorkspace }}
      findRecords={findRecords}
    >
      {children}
    </Shell>
  )
}
