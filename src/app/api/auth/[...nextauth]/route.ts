import { NextRequest } from 'next/server'
import { readWithin } from '@/trpc/request-guards'
import { handlers } from '@/wiring/auth'

/** Many times what a sign-in needs: next-auth would read a body of any length, from anybody. */
const FORM_MOST = 16_384

export const { GET } = handlers

export async function POST(request: NextRequest): Promise<Response> {
  const read = await readWithin(request, FORM_MOST)
  return read ? handlers.POST(new NextRequest(read)) : new Response(null, { status: 413 })
}
