import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTRPC } from '@/trpc/client'
import type { ContactPage, ListedContact } from '../schema'
import type { ContactListInput } from './contact-list-input'

/** The first page as the server has read it, with what was asked for. */
export type FirstContacts = { input: ContactListInput; page: ContactPage }

const NONE: readonly ListedContact[] = []

/** Contacts, a page after the other. */
export function useContactList(input: ContactListInput, first: FirstContacts | undefined) {
  const trpc = useTRPC()
  const known = JSON.stringify(first?.input) === JSON.stringify(input) ? first?.page : undefined
  const query = useInfiniteQuery(
    trpc.contacts.list.infiniteQueryOptions(input, {
      getNextPageParam: (page) => page.nextCursor,
      ...(known && { initialData: { pages: [known], pageParams: [null] } }),
      // Another filter or more letters: the old rows stay until the new ones are there.
      placeholderData: (previous) => previous,
    }),
  )
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.contacts) ?? NONE, [query.data])
  const state = query.isPending ? ('loading' as const) : query.data ? ('ready' as const) : ('error' as const)
  return { rows, state, query }
}
