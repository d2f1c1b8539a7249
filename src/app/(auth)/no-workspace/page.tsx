import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Button } from '@/ui/button'
import { EmptyState } from '@/ui/empty-state'
import { readContext } from '@/wiring/server'
import { signOut } from '../../shell-actions'

/** For a user whom every workspace has let go. */
export default async function NoWorkspacePage() {
  const { caller } = await readContext()
  if (!caller) redirect('/sign-in')
  if (caller.workspace) redirect('/')
  const [t, shell] = [await getTranslations('accounts'), await getTranslations('shell')]
  const leave = (
    <form action={signOut}>
      <Button type="submit">{shell('signOut')}</Button>
    </form>
  )
  return <EmptyState title={t('noWorkspace.title')} description={t('noWorkspace.description')} action={leave} />
}
