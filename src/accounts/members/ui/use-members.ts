'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTRPC } from '@/trpc/client'

/** Reads members and invitations anew, and the frame of the page: one's own role may be another. */
export function useRefreshMembers(): () => Promise<void> {
  const [trpc, queries, router] = [useTRPC(), useQueryClient(), useRouter()]
  return async () => {
    await queries.invalidateQueries(trpc.members.pathFilter())
    router.refresh()
  }
}
