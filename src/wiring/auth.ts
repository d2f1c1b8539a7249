import { createAuth } from '@/accounts/sessions/next-auth'
import { runtime } from './runtime'

export const { handlers, door } = createAuth(runtime)
