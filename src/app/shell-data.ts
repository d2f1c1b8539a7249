import 'server-only'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { Caller, CallerWorkspace } from '@/accounts/caller'
import { listOtherWorkspaces } from '@/accounts/members/queries'
import { hasUsers } from '@/accounts/queries'
import { chooseLocale, isLocale, type Locale } from '@/i18n/locales'
import type { ShellData } from '@/ui/shell-types'
import { runtime } from '@/wiring/runtime'
import { readContext } from '@/wiring/server'

/** What the reader of this request has chosen; null where nobody is signed in. */
export type Reader = { locale: Locale | null; timeZone: string | null }

const NOBODY: Reader = { locale: null, timeZone: null }

export async function loadReader(): Promise<Reader> {
  const jar = await cookies()
  // Without a cookie of ours nobody is signed in, and pages such as "not found" need no database.
  if (!jar.getAll().some(({ name }) => name.endsWith('authjs.session-token'))) return NOBODY
  try {
    const { caller } = await readContext()
    const locale = caller?.user.locale
    return { locale: isLocale(locale) ? locale : null, timeZone: caller?.workspace?.timeZone ?? null }
  } catch (error) {
    // The page that tells of a lost database needs words too: it gets the browser's language.
    const { deps } = await runtime()
    deps.log.error({ err: error }, 'the reader could not be read')
    return NOBODY
  }
}

/** Who asks for a page of the desk. Leads elsewhere who cannot: to set-up, to sign-in and back, or to "no workspace". */
export async function requireMember(): Promise<{ caller: Caller; workspace: CallerWorkspace }> {
  const { caller } = await readContext()
  if (!caller) return redirect(await doorFor((await headers()).get('x-pathname')))
  if (!caller.workspace) return redirect('/no-workspace')
  return { caller, workspace: caller.workspace }
}

async function doorFor(path: string | null): Promise<string> {
  if (!(await isSetUp())) return '/setup'
  return path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in'
}

export async function isSetUp(): Promise<boolean> {
  const { deps } = await runtime()
  return hasUsers(deps.db)
}

/** What the frame of the page shows of the member who is signed in. */
export async function loadShellData(): Promise<ShellData> {
  const { caller, workspace } = await requireMember()
  const { name, email, locale } = caller.user
  return {
    user: { name, email, role: workspace.role },
    workspace: {
      id: workspace.workspaceId,
      name: workspace.name,
      timeZone: workspace.timeZone,
      currency: workspace.currency,
    },
    otherWorkspaces: await listOtherWorkspaces((await runtime()).deps, caller.user.id, workspace.workspaceId),
    halves: { bargains: workspace.bargains, giving: workspace.giving },
    locale: chooseLocale({ profile: locale }),
    counts: {},
  }
}
