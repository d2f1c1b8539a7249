import { redirect } from 'next/navigation'
import { entriesFor, navigation } from './navigation'
import { requireMember } from './shell-data'

/** Home is the first page of the halves that are switched on. */
export default async function HomePage() {
  const { workspace } = await requireMember()
  redirect(entriesFor(navigation, workspace)[0]?.href ?? '/settings')
}
