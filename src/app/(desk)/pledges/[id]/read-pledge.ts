import 'server-only'
import { TRPCError } from '@trpc/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { isUuid } from '@/kernel/ids'
import { api } from '@/wiring/server'
import { requireMember } from '../../../shell-data'

/** The pledge of this address, read once a request; "nothing here" for a strange one. */
export const readPledge = cache(async (id: string) => {
  await requireMember()
  if (!isUuid(id)) notFound()
  try {
    return await api.pledges.get({ id })
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') notFound()
    throw error
  }
})
