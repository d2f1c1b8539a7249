import { handlers } from '@/wiring/auth'

export const { GET, POST } = handlers
