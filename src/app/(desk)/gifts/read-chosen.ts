import 'server-only'
import { isUuid } from '@/kernel/ids'
import { readAddress, type SearchParams, text } from '@/ui/address'
import { api } from '@/wiring/server'

/** The contact that the address names; one that is no more is chosen anew. */
export async function readChosen(search: Promise<SearchParams>): Promise<{ id: string; name: string } | null> {
  const { contact } = readAddress({ contact: text('') }, await search)
  const found = isUuid(contact) ? await api.contacts.get({ id: contact }).catch(() => null) : null
  return found && { id: found.id, name: found.displayName }
}
