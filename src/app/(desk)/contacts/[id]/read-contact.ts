import 'server-only'
import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { isUuid } from '@/kernel/ids'
import { api } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

/** The contact of this address, read once a request; "nothing here" for a strange, deleted or another member's one. */
export const readContact = cache(async (id: string) => {
  await requireMember()
  if (!isUuid(id)) notFound()
  try {
    return await api.contacts.get({ id })
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound()
    throw error
  }
})
